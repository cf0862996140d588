/// Looks for what is wrong with templates before the first mail needs them.
struct TemplateCheck {
    let texts: [String: String]
    let declarations: [String: TemplateDeclaration]
    /// Files to include that need not be included anywhere: what used them was replaced.
    let spare: Set<String>
    private(set) var problems: [TemplateProblem] = []
    private var usedPartials: Set<String> = []
    /// Of the files read so far: many templates include the same.
    private var tags: [String: [TemplateTag]] = [:]

    init(texts: [String: String], declarations: [String: TemplateDeclaration], spare: Set<String>) {
        self.texts = texts
        self.declarations = declarations
        self.spare = spare
    }

    mutating func run() {
        var partials: [String] = []
        var found: Set<TemplateFile> = []
        for name in texts.keys.sorted() {
            guard let file = TemplateFile(name, declarations), let declaration = declarations[file.template] else {
                partials.append(name)
                continue
            }
            if !found.insert(file).inserted { add(name, nil, "this file is there twice, in another spelling too") }
            check(name, for: declaration, within: [])
        }
        checkCompleteness(of: found)
        for name in partials where !usedPartials.contains(name) && !spare.contains(name) {
            let known = declarations.keys.sorted().joined(separator: ", ")
            add(name, nil, "no template has this name, and none includes it; there are: \(known)")
        }
        problems = Array(Set(problems)).sorted { $0.description < $1.description }
    }

    /// Checks a file, and what it includes, against what the template declared.
    private mutating func check(_ name: String, for declaration: TemplateDeclaration, within outer: [String]) {
        guard let text = texts[name] else { return }
        do {
            let tags = try tags[name] ?? TemplateTag.all(in: text, file: name)
            self.tags[name] = tags
            for tag in tags {
                if tag.kind == .partial {
                    checkPartial(tag, in: name, for: declaration, within: outer + [name])
                } else if let reason = complaint(about: tag, variables: declaration.variables) {
                    add(name, tag.line, reason)
                }
            }
        } catch let problem as TemplateProblem {
            problems.append(problem)
        } catch {
            add(name, nil, "\(error)")
        }
    }

    private mutating func checkPartial(
        _ tag: TemplateTag, in name: String, for declaration: TemplateDeclaration, within outer: [String]
    ) {
        usedPartials.insert(tag.name)
        if texts[tag.name] == nil {
            add(name, tag.line, "there is no file `\(tag.name)` to include")
        } else if outer.contains(tag.name) {
            add(name, tag.line, "`\(tag.name)` includes itself")
        } else {
            check(tag.name, for: declaration, within: outer)
        }
    }

    private func complaint(about tag: TemplateTag, variables: [String: TemplateVariable]) -> String? {
        guard tag.kind != .comment else { return nil }
        guard tag.kind != .unsupported else { return "this kind of tag is not supported" }
        // `{{.}}` is the item of a list that is being gone through.
        if tag.name == "." { return tag.isURLSlot ? "only a URL may stand here" : nil }
        guard let variable = variables[tag.name] else {
            let known = variables.keys.sorted().joined(separator: ", ")
            return "there is no variable `\(tag.name)`; there are: \(known)"
        }
        guard tag.kind == .variable else { return nil }
        if tag.isURLSlot, variable.kind != .url { return "`\(tag.name)` is no URL, and only a URL may stand here" }
        guard variable.kind == .text || variable.kind == .url else {
            return "`\(tag.name)` is no text: write {{#\(tag.name)}}…{{/\(tag.name)}}"
        }
        return nil
    }

    /// A language has all parts of a template or none, and the one without a name has them all.
    private mutating func checkCompleteness(of files: Set<TemplateFile>) {
        let wanted =
            declarations.keys.map { TemplateFile(template: $0, locale: "", part: .text) }
            + files.map { TemplateFile(template: $0.template, locale: $0.locale, part: .text) }
        for file in Set(wanted) {
            for part in declarations[file.template]?.parts ?? [] {
                let needed = TemplateFile(template: file.template, locale: file.locale, part: part)
                if !files.contains(needed) { add(needed.name, nil, "the file is missing") }
            }
        }
    }

    private mutating func add(_ file: String, _ line: Int?, _ reason: String) {
        problems.append(TemplateProblem(file: file, line: line, reason: reason))
    }
}

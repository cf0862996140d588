import Mustache

/// The mail templates, checked and compiled once.
///
/// Of each there are `<template>.subject.txt`, `<template>.txt` and `<template>.html`, and for another language, e.g.,
/// `<template>.de.subject.txt` and so on. Files of other names are included with `{{> name.html}}`. In HTML every value
/// is escaped, however the tag is written. Beside mails there are phrases, which have the text alone.
package struct TemplateLibrary: Sendable {
    private let library: MustacheLibrary
    private let declarations: [String: TemplateDeclaration]
    /// The names of the files that are there.
    private let names: [TemplateFile: String]

    /// Checks and compiles templates.
    ///
    /// - Parameters:
    ///   - texts: By file name, without folder.
    ///   - own: Texts that go before those of the same name, and further ones.
    ///   - declarations: The templates that there must be, with all that they may use.
    /// - Throws: ``TemplateProblems`` with everything that is wrong.
    package init(texts: [String: String], own: [String: String] = [:], declarations: [TemplateDeclaration]) throws {
        let declared = Dictionary(declarations.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        self.declarations = declared
        // `set-password.DE.txt` replaces `set-password.de.txt`.
        let replaced = Set(own.keys.compactMap { TemplateFile($0, declared) })
        let kept = texts.filter { name, _ in TemplateFile(name, declared).map { !replaced.contains($0) } ?? true }
        // What only replaced files included is of no use now, and no mistake.
        let spare = own.isEmpty ? [] : Set(kept.keys).subtracting(own.keys)
        let texts = kept.merging(own) { $1 }.mapValues { $0.replacing("\r\n", with: "\n") }
        var check = TemplateCheck(texts: texts, declarations: declared, spare: spare)
        check.run()
        var problems = check.problems
        var library = MustacheLibrary()
        var names: [TemplateFile: String] = [:]
        for (name, text) in texts {
            do {
                // Plain: ``htmlEscaped(_:)`` has done the escaping when Mustache gets a value.
                try library.register("{{%CONTENT_TYPE:TEXT}}\n\(text)", named: name)
            } catch {
                problems.append(Self.problem(error, in: name))
            }
            if let file = TemplateFile(name, declared) { names[file] = name }
        }
        guard problems.isEmpty else { throw TemplateProblems(problems: problems) }
        self.library = library
        self.names = names
    }

    /// Fills a template, for a locale such as `de-AT` (RFC 5646) in `de-AT`, `de`, or the language for everybody.
    ///
    /// - Throws: ``TemplateValueError``
    package func render(
        _ template: String, locale: String, values: [String: TemplateValue]
    ) throws -> RenderedTexts {
        try check(values, for: template)
        let locale = language(of: template, for: locale)
        let plain = values.mapValues { $0.mustache { $0 } }
        let escaped = values.mapValues { $0.mustache(htmlEscaped) }
        return RenderedTexts(
            subject: oneLine(render(template, locale, .subject, plain)),
            text: render(template, locale, .text, plain),
            html: render(template, locale, .html, escaped))
    }

    /// Fills a phrase, as one line to be a value of a mail's template.
    ///
    /// - Throws: ``TemplateValueError``
    package func phrase(_ name: String, locale: String, values: [String: TemplateValue]) throws -> String {
        try check(values, for: name)
        return oneLine(render(name, language(of: name, for: locale), .text, values.mapValues { $0.mustache { $0 } }))
    }

    /// The language in which a template is there for a locale, in lower case; empty for the one for everybody.
    package func language(of template: String, for locale: String) -> String {
        var locale = locale.lowercased()
        while !locale.isEmpty, names[TemplateFile(template: template, locale: locale, part: .text)] == nil {
            locale = locale.lastIndex(of: "-").map { String(locale[..<$0]) } ?? ""
        }
        return locale
    }

    private func render(
        _ template: String, _ locale: String, _ part: TemplateFile.Part, _ values: [String: Any]
    ) -> String {
        names[TemplateFile(template: template, locale: locale, part: part)]
            .flatMap { library.render(values, withTemplate: $0) } ?? ""
    }

    private func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private func check(_ values: [String: TemplateValue], for template: String) throws {
        guard let declaration = declarations[template] else { throw TemplateValueError.unknownTemplate(template) }
        for (name, variable) in declaration.variables {
            guard let value = values[name] else {
                guard variable.isOptional else { throw TemplateValueError.missing(variable: name) }
                continue
            }
            guard value.kind == variable.kind else { throw TemplateValueError.wrongKind(variable: name) }
            guard value.isSafe else { throw TemplateValueError.badURL(variable: name) }
        }
    }

    private static func problem(_ error: any Error, in file: String) -> TemplateProblem {
        guard let error = error as? MustacheTemplate.ParserError else {
            return TemplateProblem(file: file, reason: "\(error)")
        }
        // The first line is the one that we put before the text.
        return TemplateProblem(file: file, line: error.context.lineNumber - 1, reason: "\(error.error)")
    }
}

/// A template's three parts, filled.
package struct RenderedTexts: Sendable, Hashable {
    /// One line.
    package let subject: String
    package let text: String
    package let html: String
}

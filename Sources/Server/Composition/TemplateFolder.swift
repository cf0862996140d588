import Commands
import FoundationEssentials
import Mailer

/// A folder with an operator's own mail templates (`USHER_TEMPLATES`).
struct TemplateFolder {
    let path: String

    /// The shipped templates, with those of the folder at `path`, if one is set, in their place.
    ///
    /// - Throws: ``TemplateFolderProblems`` with everything that is wrong.
    static func templates(_ path: String?) throws -> TemplateLibrary { try load(path).library }

    /// The same, with the texts of the folder's files by name.
    static func load(_ path: String?) throws -> (library: TemplateLibrary, texts: [String: String]) {
        guard let path else { return (try .shipped(), [:]) }
        var (texts, problems) = TemplateFolder(path: path).read()
        do {
            let library = try TemplateLibrary.shipped(with: texts)
            if problems.isEmpty { return (library, texts) }
        } catch let error as TemplateProblems {
            problems += error.problems
        }
        throw TemplateFolderProblems(folder: path, problems: problems.map(\.description))
    }

    /// The files by name; hidden ones are none of ours.
    private func read() -> (texts: [String: String], problems: [TemplateProblem]) {
        var (texts, problems) = ([String: String](), [TemplateProblem]())
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return ([:], [TemplateProblem(file: path, reason: "there is no such folder, or it cannot be read")])
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            do throws(TemplateProblem) {
                texts[name] = try text(name)
            } catch {
                problems.append(error)
            }
        }
        return (texts, problems)
    }

    private func text(_ name: String) throws(TemplateProblem) -> String {
        let file = path + "/" + name
        var isFolder = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder else {
            throw TemplateProblem(file: name, reason: "this is no file; only templates may be in the folder")
        }
        let bytes: [UInt8]
        do {
            bytes = try SystemFiles.read(file)
        } catch {
            throw TemplateProblem(file: name, reason: "the file \(error)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TemplateProblem(file: name, reason: "the file is not text in UTF-8")
        }
        return text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
    }
}

/// Everything that is wrong with an operator's mail templates.
struct TemplateFolderProblems: Error, CustomStringConvertible {
    let folder: String
    let problems: [String]

    /// A list for the terminal.
    var description: String { list.description }

    var list: ProblemList {
        ProblemList("The mail templates in \(folder) (USHER_TEMPLATES) are not right", problems, exitCode: 78)
    }
}

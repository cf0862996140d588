import Commands
import Cryptography
import Engine
import JSON
import Mailer

/// The files of an operator that a running server can take up again: the overlay on the commands and the mail templates,
/// read together and checked.
struct OperatorFiles {
    let overlay: Overlay?
    let templates: TemplateLibrary
    /// The operator's own templates, by file name.
    private let texts: [String: String]

    /// Reads them where `settings` say; `documents` describe the commands, and are asked for only where there is an overlay.
    ///
    /// - Throws: ``StartProblems`` with everything that is wrong with either.
    init(_ settings: Settings, _ documents: () throws -> [DescriptorDocument]) throws {
        var lists: [ProblemList] = []
        var overlay: Overlay?
        do {
            overlay = try Self.overlay(settings.commandsOverlay, documents)
        } catch {
            lists.append(error)
        }
        do {
            (templates, texts) = try TemplateFolder.load(settings.mail.templates)
        } catch let problems as TemplateFolderProblems {
            throw StartProblems(lists: lists + [problems.list])
        }
        guard lists.isEmpty else { throw StartProblems(lists: lists) }
        self.overlay = overlay
    }

    /// The overlay in the file at `path`, if one is set.
    ///
    /// - Throws: Everything that is wrong with it.
    static func overlay(_ path: String?, _ documents: () throws -> [DescriptorDocument]) throws(ProblemList) -> Overlay?
    {
        guard let path else { return nil }
        let heading = "The overlay on the commands (USHER_COMMANDS) is not right"
        do {
            let overlay = Overlay(parsing: try SystemFiles.read(path), name: path)
            let mistakes = overlay.mistakes(for: try documents())
            guard mistakes.isEmpty else { throw ProblemList(heading, mistakes, exitCode: 78) }
            return overlay
        } catch let problem as FileProblem {
            throw ProblemList(heading, ["\(path) \(problem)."], exitCode: 78)
        } catch let list as ProblemList {
            throw list
        } catch {
            throw ProblemList(heading, ["\(error)"], exitCode: 78)
        }
    }
}

extension OperatorFiles {
    /// What one kind of file said and says, by action or by file name; only what differs.
    struct Difference: Equatable {
        let kind: String
        let old: JSONObject
        let new: JSONObject

        var names: [String] { Set(old.keys + new.keys).sorted() }
    }

    /// What differs between `old` and this.
    func differences(from old: OperatorFiles) -> [Difference] {
        [
            Difference(kind: "overlay", from: old.overlay?.entries ?? [:], to: overlay?.entries ?? [:]),
            Difference(kind: "templates", from: old.digests, to: digests),
        ].compactMap(\.self)
    }

    /// A template's text is too long for the audit; this tells one from another.
    private var digests: JSONObject {
        JSONObject(
            texts.sorted { $0.key < $1.key }.map { name, text in
                (name, .string("sha256:" + Base64URL.encode(SHA256.hash(Array(text.utf8)).bytes)))
            })
    }
}

extension OperatorFiles.Difference {
    /// Nil when nothing differs.
    fileprivate init?(kind: String, from old: JSONObject, to new: JSONObject) {
        let changed = Set(old.keys + new.keys).filter { old[$0] != new[$0] }.sorted()
        guard !changed.isEmpty else { return nil }
        self.kind = kind
        self.old = JSONObject(changed.compactMap { key in old[key].map { (key, $0) } })
        self.new = JSONObject(changed.compactMap { key in new[key].map { (key, $0) } })
    }
}

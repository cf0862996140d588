/// Looks settings up, first layer first, converts them, and collects what is wrong instead of stopping at it.
struct SettingReader {
    private let layers: [SettingLayer]
    private let directory: WorkingDirectory
    private let readFile: ReadFile
    private(set) var problems: [String]
    /// The settings that were given with a wrong value.
    private(set) var wrong: Set<Setting> = []

    init(layers: [SettingLayer], directory: WorkingDirectory, readFile: @escaping ReadFile, problems: [String]) {
        self.layers = layers
        self.directory = directory
        self.readFile = readFile
        self.problems = problems
    }

    mutating func report(_ problem: String) {
        problems.append(problem)
    }

    /// Whether any layer names the setting with a value, be it a right one or not.
    func isGiven(_ setting: Setting) -> Bool {
        let (value, file) = firstEntry(for: setting)
        return value != nil || file != nil
    }

    /// The converted value; nil if none is given, or a wrong one, which is then on the list.
    ///
    /// An empty text counts as "not given", and hides what later layers say: `USHER_SMTP_URL= usher serve` goes without.
    mutating func read<Value>(
        _ setting: Setting, as convert: (String) throws(WrongValue) -> Value
    ) -> Value? {
        guard let entry = text(of: setting) else { return nil }
        do {
            return try convert(entry.text)
        } catch {
            // The value of a secret is not shown, however wrong.
            let shown = setting.isSecret ? "the value" : entry.text.inQuotes
            problems.append("\(entry.name): \(shown) \(error.message)")
            wrong.insert(setting)
            return nil
        }
    }

    mutating func read(_ setting: Setting, within range: ClosedRange<Duration>) -> Duration? {
        read(setting) { text throws(WrongValue) in try DurationText.parse(text, within: range) }
    }

    /// An absolute path.
    mutating func readPath(_ setting: Setting) -> String? {
        read(setting) { [directory] text throws(WrongValue) in directory.resolve(text) }
    }

    /// The absolute path of a file, which can be read now.
    mutating func readFilePath(_ setting: Setting) -> String? {
        read(setting) { [directory, readFile] text throws(WrongValue) in
            let path = directory.resolve(text)
            do {
                _ = try readFile(path)
            } catch {
                throw WrongValue("\(error).")
            }
            return path
        }
    }

    /// What the first layer says that names the setting, as a value or as a file; nil for what is empty there.
    private func firstEntry(for setting: Setting) -> (value: SettingLayer.Entry?, file: SettingLayer.Entry?) {
        for layer in layers {
            let value = layer.value(of: setting)
            let file = layer.filePath(of: setting)
            guard value == nil && file == nil else { return (value?.unlessEmpty, file?.unlessEmpty) }
        }
        return (nil, nil)
    }

    private mutating func text(of setting: Setting) -> SettingLayer.Entry? {
        let (value, file) = firstEntry(for: setting)
        guard let file else { return value }
        guard let value else {
            let contents = contents(of: file)
            if contents == nil { wrong.insert(setting) }
            return contents
        }
        wrong.insert(setting)
        problems.append("\(value.name) and \(file.name) are both set. Keep one.")
        return nil
    }

    /// The text in a secret's file, without the line end that editors leave.
    private mutating func contents(of file: SettingLayer.Entry) -> SettingLayer.Entry? {
        do {
            let bytes = try readFile(directory.resolve(file.text))
            guard let text = String(validating: bytes, as: UTF8.self) else {
                problems.append("\(file.name): \(file.text.inQuotes) is not text in UTF-8.")
                return nil
            }
            let secret = text.trimmingSuffix(while: \.isNewline)
            guard !secret.isEmpty else {
                problems.append("\(file.name): \(file.text.inQuotes) is empty.")
                return nil
            }
            return SettingLayer.Entry(text: secret, name: file.name)
        } catch {
            problems.append("\(file.name): \(file.text.inQuotes) \(error).")
            return nil
        }
    }
}

extension String {
    /// The text as shown in a problem: in quotes, on one line, and not endless.
    var inQuotes: String {
        let shown = unicodeScalars.prefix(100).map { String($0).isOneLine ? $0 : "?" }
        return "\"\(String(String.UnicodeScalarView(shown)))\(unicodeScalars.count > 100 ? "…" : "")\""
    }

    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        guard let last = lastIndex(where: { !predicate($0) }) else { return "" }
        return String(self[...last])
    }
}

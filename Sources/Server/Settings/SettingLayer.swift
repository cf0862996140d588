import Configuration

/// One place that settings come from: the flags, the environment, `.env`, the configuration file.
struct SettingLayer: Sendable {
    /// A setting as this layer spells it.
    struct Entry {
        let text: String
        /// What to call it in a sentence: "`USHER_PORT` in `.env`".
        let name: String

        var unlessEmpty: Entry? { text.isEmpty ? nil : self }
    }

    private let provider: any ConfigProvider
    private let describe: @Sendable (_ key: String) -> String

    /// What the setting is given as, if it is.
    func value(of setting: Setting) -> Entry? {
        value(forKey: setting.rawValue)
    }

    /// The path of the file that holds the value, if one is named.
    func filePath(of setting: Setting) -> Entry? {
        setting.fileKey.flatMap(value(forKey:))
    }

    private func value(forKey key: String) -> Entry? {
        // Every value is a text to the providers, so that none is silently taken for missing: it is converted by us.
        let result = try? provider.value(forKey: Self.key(key), type: .string)
        guard case .string(let text) = result?.value?.content else { return nil }
        return Entry(text: text, name: describe(key))
    }

    private static func key(_ name: String) -> AbsoluteConfigKey {
        AbsoluteConfigKey(["usher", name], context: [:])
    }
}

extension SettingLayer {
    static func flags(_ flags: Settings.Flags) -> SettingLayer {
        let spellings = Dictionary(uniqueKeysWithValues: flags.settings.map { ($0.setting.rawValue, $0.flag) })
        let values = flags.settings.map { (key($0.setting.rawValue), ConfigValue(.string($0.value), isSecret: false)) }
        let provider = InMemoryProvider(name: "flags", values: Dictionary(uniqueKeysWithValues: values))
        return SettingLayer(provider: provider) { spellings[$0] ?? $0 }
    }

    /// Variables named `USHER_…`, of the process or of a file.
    static func variables(_ variables: [String: String], file: String? = nil) -> SettingLayer {
        let secrets = Set(Setting.allCases.filter(\.isSecret).map(\.variable))
        let provider = EnvironmentVariablesProvider(
            environmentVariables: variables, secretsSpecifier: .specific(secrets))
        return SettingLayer(provider: provider) { key in
            "USHER_" + key.snakeCased() + (file.map { " in \($0)" } ?? "")
        }
    }

    static func file(_ values: [String: String], name: String) -> SettingLayer {
        let secrets = Set(Setting.allCases.filter(\.isSecret).map(\.rawValue))
        let provider = InMemoryProvider(
            name: name,
            values: Dictionary(
                uniqueKeysWithValues: values.map { name, value in
                    (key(name), ConfigValue(.string(value), isSecret: secrets.contains(name)))
                }))
        return SettingLayer(provider: provider) { "`\($0)` in \(name)" }
    }
}

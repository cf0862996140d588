import JSONSchema

/// Finds names that are no setting's, and what was probably meant.
enum UnknownSetting {
    /// A sentence for each `USHER_…` variable that is not known.
    ///
    /// `USHER_TEST_…` is left to the tests of Usher itself, which pass it on to the servers they start.
    static func problems(in variables: [String: String], file: String? = nil) -> [String] {
        let unknown = variables.keys.sorted().filter {
            $0.hasPrefix("USHER_") && !$0.hasPrefix("USHER_TEST_") && !Setting.allVariables.contains($0)
        }
        let links = unknown.filter(isServiceLink)
        let place = file.map { " in \($0)" } ?? ""
        var problems = unknown.filter { !isServiceLink($0) }.map { name in
            "\(name)\(place) is not a setting." + didYouMean(Suggestion.nearest(to: name, among: Setting.allVariables))
        }
        if !links.isEmpty {
            problems.append(
                """
                \(links.joined(separator: ", "))\(place): Kubernetes sets these, and USHER_PORT, for a service named \
                `usher`. Set `enableServiceLinks: false` in the pod, or name the service otherwise.
                """)
        }
        return problems
    }

    /// What to say of a member of the configuration file that is no setting.
    static func sentence(key: String, file: String) -> String {
        let replaced = ReplacedSetting.sentence(for: key)
        let plain = key.filter { $0 != "_" && $0 != "-" }.lowercased()
        let bare = plain.hasPrefix("usher") ? String(plain.dropFirst("usher".count)) : plain
        let same = Setting.allKeys.first { $0.lowercased() == bare }
        let nearest = same ?? Suggestion.nearest(to: key, among: Setting.allKeys)
        return replaced.map { "`\(key)` in \(file): \($0)" }
            ?? "`\(key)` in \(file) is not a setting." + didYouMean(nearest.map { "`\($0)`" })
    }

    private static func didYouMean(_ name: String?) -> String {
        name.map { " Did you mean \($0)?" } ?? ""
    }

    /// The variables Kubernetes makes of a service: `USHER_SERVICE_HOST`, `USHER_PORT_8080_TCP_ADDR`.
    private static func isServiceLink(_ name: String) -> Bool {
        name.hasPrefix("USHER_SERVICE_") || name.hasPrefix("USHER_PORT_")
    }
}

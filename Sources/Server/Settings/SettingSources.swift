/// The layers that settings come from, in their order, and the mistakes in their form.
struct SettingSources {
    private(set) var layers: [SettingLayer]
    /// The variables of the process and of `.env`, for the search for names that are not known.
    private(set) var variables: [(values: [String: String], file: String?)]
    private(set) var problems: [String]

    init(flags: Settings.Flags, environment: [String: String]) {
        layers = [.flags(flags), .variables(environment)]
        variables = [(environment, nil)]
        problems = UnknownSetting.problems(in: environment)
    }

    /// Adds `.env`, if there is one.
    mutating func addEnvironmentFile(in directory: WorkingDirectory, readFile: ReadFile) {
        let name = ".env"
        do {
            let file = EnvironmentFile(try readFile(directory.resolve(name)), name: name)
            layers.append(.variables(file.values, file: name))
            variables.append((file.values, name))
            problems += file.problems + UnknownSetting.problems(in: file.values, file: name)
        } catch .missing {
            return
        } catch {
            problems.append("\(name) \(error).")
        }
    }

    /// Adds the file of `--config`, which must be there.
    mutating func addConfigurationFile(_ path: String, in directory: WorkingDirectory, readFile: ReadFile) {
        do {
            let file = ConfigurationFile(try readFile(directory.resolve(path)), name: path)
            layers.append(.file(file.values, name: path))
            problems += file.problems
        } catch {
            problems.append("--config: \(path.inQuotes) \(error).")
        }
    }
}

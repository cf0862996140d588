/// The settings of the system that Usher replaces, and what they are called here.
enum ReplacedSetting {
    /// Sentences about those among `variables` that are still to be moved.
    ///
    /// Names that many programs use, like `DATABASE_URL`, count in files only: in the environment of a process they may
    /// be meant for another. One whose successor is set is left alone, so that both systems can run side by side.
    static func problems(in variables: [String: String], file: String? = nil, given: Set<Setting>) -> [String] {
        variables.keys.sorted().compactMap { name in
            guard file != nil || isUnmistakable(name), let replaced = find(name) else { return nil }
            guard given.isDisjoint(with: replaced.successors) else { return nil }
            return "\(name)\(file.map { " in \($0)" } ?? "") \(replaced.advice)"
        }
    }

    /// What to say of such a name in the configuration file.
    static func sentence(for name: String) -> String? {
        find(name).map { "it \($0.advice)" }
    }

    private struct Replaced {
        let successors: Set<Setting>
        let advice: String
    }

    private static func isUnmistakable(_ name: String) -> Bool {
        name == "APP_URL" || name.hasPrefix("JWT_")
    }

    private static func find(_ name: String) -> Replaced? {
        if name.hasPrefix("JWT_") { return keys }
        if name.hasPrefix("SMTP_") || name.hasPrefix("MAIL_") || name.hasPrefix("EMAIL_") {
            return name.hasSuffix("FROM") ? sender : mail
        }
        return switch name {
        case "APP_URL":
            Replaced(
                successors: [.publicUrl],
                advice: "is a setting of the replaced system. Here the address of this server is USHER_PUBLIC_URL; "
                    + "USHER_APP_URL is where \"Continue\" leads after a new password.")
        case "APP_NAME": renamed(.appName)
        case "DATABASE_URL": renamed(.databaseUrl)
        case "PORT": renamed(.port)
        case "HOST": renamed(.host)
        case "LOG_LEVEL": renamed(.logLevel)
        default: nil
        }
    }

    private static func renamed(_ setting: Setting) -> Replaced {
        Replaced(
            successors: [setting], advice: "is a setting of the replaced system. Here it is called \(setting.variable)."
        )
    }

    private static let keys = Replaced(
        successors: [.masterKey],
        advice: "is a setting of the replaced system. Usher makes its own signing keys and seals them with "
            + "USHER_MASTER_KEY (by default a file in the data folder). Remove it.")

    private static let mail = Replaced(
        successors: [.smtpUrl],
        advice: "is a setting of the replaced system. Here one URL has it all: "
            + "USHER_SMTP_URL=smtp://user:password@host:587.")

    private static let sender = Replaced(
        successors: [.mailFrom], advice: "is a setting of the replaced system. Here it is called USHER_MAIL_FROM.")
}

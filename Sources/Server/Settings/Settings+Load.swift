import Logging
import Mailer

extension Settings {
    /// Reads the settings: flag, environment, `.env` in the working directory, `--config` file, default.
    ///
    /// - Parameters:
    ///   - flags: What was given on the command line.
    ///   - environment: The variables of the process.
    ///   - workingDirectory: Absolute; paths in settings are relative to it.
    ///   - readFile: Reads `.env`, the configuration file, and files that settings name.
    /// - Returns: Settings that are complete and agree with each other.
    /// - Throws: ``SettingsProblems`` with everything that is wrong.
    package static func load(
        flags: Flags = Flags(),
        environment: [String: String],
        workingDirectory: String,
        readFile: @escaping ReadFile = SystemFiles.read
    ) throws(SettingsProblems) -> Settings {
        let draft = SettingsDraft(
            flags: flags, environment: environment, workingDirectory: workingDirectory, readFile: readFile)
        guard draft.problems.isEmpty, let settings = draft.settings else { throw SettingsProblems(draft.problems) }
        return settings
    }
}

extension SettingsDraft {
    /// Reads the same, and keeps what is right of it.
    init(
        flags: Settings.Flags, environment: [String: String], workingDirectory: String,
        readFile: @escaping ReadFile = SystemFiles.read
    ) {
        let directory = WorkingDirectory(path: workingDirectory)
        var sources = SettingSources(flags: flags, environment: environment)
        sources.addEnvironmentFile(in: directory, readFile: readFile)
        if let path = flags.config { sources.addConfigurationFile(path, in: directory, readFile: readFile) }
        var reader = SettingReader(
            layers: sources.layers, directory: directory, readFile: readFile, problems: sources.problems)
        sources.variables.forEach { variables, file in
            let given = Set(Setting.allCases.filter(reader.isGiven))
            ReplacedSetting.problems(in: variables, file: file, given: given).forEach { reader.report($0) }
        }
        do {
            settings = try Settings(&reader, in: directory)
            problems = reader.problems
        } catch {
            settings = nil
            problems = error.problems
        }
        wrong = reader.wrong
    }
}

extension Settings {
    fileprivate init(_ reader: inout SettingReader, in directory: WorkingDirectory) throws(SettingsProblems) {
        listen = Listen(&reader)
        storage = Storage(&reader, in: directory)
        web = Web(&reader, port: listen.port)
        app = App(&reader)
        mail = try Mail(&reader, folder: storage.folder, appName: app.name)
        lifetimes = Lifetimes(&reader)
        retention = Retention(&reader)
        commandsOverlay = reader.readFilePath(.commands)
        log = Log(&reader)
    }
}

extension Settings.Listen {
    fileprivate init(_ reader: inout SettingReader) {
        host = reader.read(.host, as: SimpleValue.host) ?? "127.0.0.1"
        port = reader.read(.port, as: SimpleValue.port) ?? 8080
        drain = reader.read(.drain, within: .zero ... .hours(1)) ?? .zero
    }
}

extension Settings.Storage {
    fileprivate init(_ reader: inout SettingReader, in directory: WorkingDirectory) {
        let folder = reader.readPath(.dataDir) ?? directory.resolve("data")
        self.folder = folder
        database =
            reader.read(.databaseUrl) { text throws(WrongValue) in
                try DatabaseLocation(parsing: text, in: directory)
            } ?? .sqlite(path: folder + "/usher.db")
        masterKey = reader.read(.masterKey, as: MasterKeySource.init(parsing:)) ?? .file(path: folder + "/master.key")
    }
}

extension Settings.Web {
    fileprivate init(_ reader: inout SettingReader, port: Int) {
        let mayUseHTTP = reader.read(.allowHttp, as: SimpleValue.bool) ?? false
        publicURL =
            reader.read(.publicUrl) { text throws(WrongValue) in
                let url = try PublicURL(parsing: text)
                guard url.isHTTPS || url.origin.isLoopback || mayUseHTTP else {
                    throw WrongValue(
                        "sends passwords in the clear. Write https://…, or set USHER_ALLOW_HTTP=1 if that is what you want."
                    )
                }
                return url
            } ?? PublicURL(WebOrigin(scheme: .http, host: "localhost", port: port))
        audience = reader.read(.audience, as: SimpleValue.audience) ?? publicURL.description
        allowedOrigins = reader.read(.allowedOrigins, as: WebOrigin.list) ?? []
        trustedProxies = reader.read(.trustedProxies, as: AddressRanges.init(parsing:)) ?? .none
        geoHeaders = reader.read(.geoHeaders, as: GeoHeaders.init(parsing:)) ?? .standard
        metricsFrom = reader.read(.metricsFrom, as: AddressRanges.init(parsing:)) ?? .none
        hasRateLimits = reader.read(.rateLimits, as: SimpleValue.onOff) ?? true
    }
}

extension Settings.Mail {
    fileprivate init(_ reader: inout SettingReader, folder: String, appName: String) throws(SettingsProblems) {
        let server = reader.read(.smtpUrl, as: SMTPServer.init(parsing:))
        let caFile = reader.readFilePath(.smtpCaFile)
        let set = reader.read(.mailFrom, as: SimpleValue.mailbox)
        guard let from = set ?? (try? Mailbox(name: appName, address: MailAddress("usher@localhost"))) else {
            throw SettingsProblems(reader.problems + ["\(Setting.mailFrom.variable) must be set."])
        }
        self.from = from
        templates = reader.readPath(.templates)
        transport = server.map { .smtp($0, caFile: caFile) } ?? .folder(path: folder + "/mail")

        guard reader.isGiven(.smtpUrl) else { return }
        for (setting, reason) in [
            (Setting.publicUrl, "mails carry links to it"), (.mailFrom, "it is the address that mails are from"),
        ] where !reader.isGiven(setting) {
            reader.report("\(setting.variable) is not set, but USHER_SMTP_URL is: set both, \(reason).")
        }
    }
}

extension Settings.App {
    fileprivate init(_ reader: inout SettingReader) {
        name = reader.read(.appName, as: SimpleValue.name) ?? "Usher"
        url = reader.read(.appUrl, as: WebAddress.parse)
    }
}

extension Settings.Lifetimes {
    fileprivate init(_ reader: inout SettingReader) {
        session = reader.read(.sessionLifetime, within: .minutes(1) ... .days(3650)) ?? .days(180)
        let idle = reader.read(.seatIdle, within: .zero ... .days(3650)) ?? .days(30)
        seatIdle = idle == .zero ? nil : idle
        invite = reader.read(.inviteLifetime, within: .minutes(1) ... .days(365)) ?? .days(3)
    }
}

extension Settings.Retention {
    fileprivate init(_ reader: inout SettingReader) {
        let range = Duration.days(1) ... .days(3650)
        audit = reader.read(.auditRetention, within: range) ?? .days(400)
        sessions = reader.read(.sessionRetention, within: range) ?? .days(30)
        mails = reader.read(.mailRetention, within: range) ?? .days(30)
    }
}

extension Settings.Log {
    fileprivate init(_ reader: inout SettingReader) {
        self.init(
            level: reader.read(.logLevel, as: SimpleValue.logLevel) ?? .info,
            format: reader.read(.logFormat, as: SimpleValue.logFormat) ?? .text)
    }
}

extension Duration {
    fileprivate static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
    fileprivate static func hours(_ count: Int64) -> Duration { .seconds(count * 3600) }
    fileprivate static func days(_ count: Int64) -> Duration { .seconds(count * 86400) }
}

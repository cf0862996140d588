/// The name of one setting; the raw value is its name in the configuration file.
enum Setting: String, CaseIterable, Sendable {
    case host, port, dataDir, databaseUrl, masterKey
    case publicUrl, audience, allowHttp, allowedOrigins, trustedProxies, geoHeaders, metricsFrom, rateLimits, drain
    case smtpUrl, mailFrom, smtpCaFile
    case appName, appUrl, templates, inviteLifetime
    case sessionLifetime, seatIdle, commands
    case auditRetention, sessionRetention, mailRetention
    case logLevel, logFormat

    /// Its environment variable: `smtpUrl` is `USHER_SMTP_URL`.
    var variable: String { "USHER_" + rawValue.snakeCased() }

    /// Whether its value must not be shown, and may come from a file named by ``fileKey``.
    var isSecret: Bool {
        switch self {
        case .databaseUrl, .masterKey, .smtpUrl: true
        default: false
        }
    }

    /// The name of the setting that names a file with the value; for secrets only.
    var fileKey: String? { isSecret ? rawValue + "File" : nil }

    /// The variable that names a file with the value; for secrets only.
    var fileVariable: String? { isSecret ? variable + "_FILE" : nil }

    /// Every name a configuration file may have.
    static let allKeys = allCases.map(\.rawValue) + allCases.compactMap(\.fileKey)

    /// Every environment variable there is.
    static let allVariables = allCases.map(\.variable) + allCases.compactMap(\.fileVariable)
}

extension String {
    /// `smtpCaFile` becomes `SMTP_CA_FILE`.
    func snakeCased() -> String {
        reduce(into: "") { result, character in
            if character.isUppercase { result.append("_") }
            result.append(contentsOf: character.uppercased())
        }
    }
}

package import Logging
package import Mailer

/// Everything an operator can set, read and checked once, at the start. Paths in it are absolute.
package struct Settings: Sendable {
    package let listen: Listen
    package let storage: Storage
    package let web: Web
    package let mail: Mail
    package let app: App
    package let lifetimes: Lifetimes
    package let retention: Retention
    /// The file with the operator's overlay on the commands, if there is one.
    package let commandsOverlay: String?
    package let log: Log
}

extension Settings {
    /// Where the server listens.
    package struct Listen: Sendable, Equatable {
        /// An address or a name; IPv6 without brackets.
        package let host: String
        package let port: Int
        /// How long `/readyz` says 503 before the stop.
        package let drain: Duration
    }

    /// What is on the disk.
    package struct Storage: Sendable, Equatable {
        /// The folder for the database, the keys, and mails when no server is set.
        package let folder: String
        package let database: DatabaseLocation
        package let masterKey: MasterKeySource
    }

    /// What the web sees, and whom it is told.
    package struct Web: Sendable, Equatable {
        package let publicURL: PublicURL
        /// `aud` of access tokens.
        package let audience: String
        /// Origins other than the public URL's own that may send cookies.
        package let allowedOrigins: Set<WebOrigin>
        /// The peers whose `X-Forwarded-…` and geo headers are believed.
        package let trustedProxies: AddressRanges
        package let geoHeaders: GeoHeaders
        /// Who, beside loopback, may read `/metrics`.
        package let metricsFrom: AddressRanges
        /// False only for benchmarks and tests.
        package let hasRateLimits: Bool
    }

    /// How mails go out.
    package struct Mail: Sendable, Equatable {
        package enum Transport: Sendable, Equatable {
            /// Each mail becomes an `.eml` file in this folder.
            case folder(path: String)
            /// `caFile`: certificates to trust instead of the system's.
            case smtp(SMTPServer, caFile: String?)
        }

        package let transport: Transport
        package let from: Mailbox
        /// A folder whose templates replace the shipped ones.
        package let templates: String?
    }

    /// The application that Usher serves, as it is named to users.
    package struct App: Sendable, Equatable {
        package let name: String
        /// Where "Continue" leads after a new password.
        package let url: String?
    }

    /// How long things live.
    package struct Lifetimes: Sendable, Equatable {
        package let session: Duration
        /// After so long without a refresh a session gives its seat back; nil: never.
        package let seatIdle: Duration?
        /// How long an invitation's link works, from its delivery.
        package let invite: Duration
    }

    /// For how long records are kept that nothing needs any more.
    package struct Retention: Sendable, Equatable {
        package let audit: Duration
        /// Sessions and password links, from their end.
        package let sessions: Duration
        /// Mails, from when they were done with.
        package let mails: Duration
    }

    /// What the log shows, and how.
    package struct Log: Sendable, Equatable {
        package let level: Logger.Level
        package let format: LogFormat

        package init(level: Logger.Level = .info, format: LogFormat = .text) {
            self.level = level
            self.format = format
        }
    }
}

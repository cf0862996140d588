import Cryptography
import HTTPTypes
import Logging
import Mailer
import Testing

@testable import Server

struct SettingsDefaultsTests {
    @Test func withoutAnySettingTheDefaultsOfTheContractHold() throws {
        let settings = try load()
        #expect(settings.listen == .init(host: "127.0.0.1", port: 8080, drain: .zero))
        #expect(settings.storage.folder == "/srv/usher/data")
        #expect(settings.storage.database == .sqlite(path: "/srv/usher/data/usher.db"))
        #expect(settings.storage.masterKey == .file(path: "/srv/usher/data/master.key"))
        #expect(settings.web.publicURL.description == "http://localhost:8080")
        #expect(settings.web.audience == "http://localhost:8080")
        #expect(settings.web.allowedOrigins.isEmpty && settings.web.trustedProxies.isEmpty)
        #expect(settings.web.metricsFrom.isEmpty && settings.web.hasRateLimits)
        #expect(settings.web.geoHeaders.country?.canonicalName == "x-geo-country")
        #expect(settings.mail.transport == .folder(path: "/srv/usher/data/mail"))
        #expect(settings.app == .init(name: "Usher", url: nil))
        #expect(settings.mail.from.name == "Usher" && settings.mail.from.address.text == "usher@localhost")
        #expect(settings.lifetimes.session == .seconds(180 * 86400))
        #expect(settings.lifetimes.seatIdle == .seconds(30 * 86400))
        #expect(settings.lifetimes.invite == .seconds(3 * 86400))
        #expect(settings.retention.audit == .seconds(400 * 86400))
        #expect(settings.retention.sessions == .seconds(30 * 86400))
        #expect(settings.retention.mails == .seconds(30 * 86400))
        #expect(settings.commandsOverlay == nil && settings.mail.templates == nil)
        #expect(settings.log == .init(level: .info, format: .text))
    }

    @Test func thePortIsInThePublicURLAndTheFolderInThePathsBelowIt() throws {
        let settings = try load(["USHER_PORT": "9000", "USHER_DATA_DIR": "/var/lib/usher"])
        #expect(settings.web.publicURL.description == "http://localhost:9000")
        #expect(settings.storage.database == .sqlite(path: "/var/lib/usher/usher.db"))
        #expect(settings.mail.transport == .folder(path: "/var/lib/usher/mail"))
    }

    /// Every setting of the table of docs/configuration.md, so that none is missing and each has the name it has there.
    @Test func everySettingOfTheContractIsRead() throws {
        let settings = try load(
            [
                "USHER_HOST": "[::1]", "USHER_PORT": "443", "USHER_DATA_DIR": "./d",
                "USHER_DATABASE_URL": "sqlite:u.db",
                "USHER_PUBLIC_URL": "http://auth.example.com:8000/", "USHER_ALLOW_HTTP": "1", "USHER_AUDIENCE": "shop",
                "USHER_SMTP_URL": "smtps://mail.example.com", "USHER_MAIL_FROM": "Shop <shop@example.com>",
                "USHER_SMTP_CA_FILE": "ca.pem", "USHER_APP_NAME": "Shop",
                "USHER_APP_URL": "https://shop.example.com/in",
                "USHER_TEMPLATES": "mails", "USHER_INVITE_LIFETIME": "12h", "USHER_SESSION_LIFETIME": "90d",
                "USHER_SEAT_IDLE": "0", "USHER_COMMANDS": "overlay.json",
                "USHER_MASTER_KEY": "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "USHER_ALLOWED_ORIGINS": "https://a.example.com,https://b.example.com:8443",
                "USHER_TRUSTED_PROXIES": "10.0.0.0/8", "USHER_GEO_HEADERS": "CF-IPCountry,,CF-Region",
                "USHER_METRICS_FROM": "192.0.2.7", "USHER_DRAIN": "5s", "USHER_RATE_LIMITS": "off",
                "USHER_LOG_LEVEL": "debug", "USHER_LOG_FORMAT": "json", "USHER_AUDIT_RETENTION": "730d",
                "USHER_SESSION_RETENTION": "7d", "USHER_MAIL_RETENTION": "1d",
            ],
            files: ["/srv/usher/ca.pem": "-", "/srv/usher/overlay.json": "{}"])
        #expect(settings.listen == .init(host: "::1", port: 443, drain: .seconds(5)))
        #expect(settings.storage.folder == "/srv/usher/d")
        #expect(settings.storage.database == .sqlite(path: "/srv/usher/u.db"))
        #expect(settings.storage.masterKey == .given(.init(Array(0..<32))))
        #expect(settings.web.publicURL.description == "http://auth.example.com:8000")
        #expect(settings.web.audience == "shop" && !settings.web.hasRateLimits)
        #expect(settings.web.allowedOrigins.map(\.description).sorted().last == "https://b.example.com:8443")
        #expect(settings.web.trustedProxies.contains("10.1.2.3") && settings.web.metricsFrom.contains("192.0.2.7"))
        #expect(settings.web.geoHeaders.country?.canonicalName == "cf-ipcountry")
        #expect(settings.web.geoHeaders.city == nil && settings.web.geoHeaders.region?.rawName == "CF-Region")
        #expect(settings.mail.from.name == "Shop" && settings.mail.from.address.text == "shop@example.com")
        #expect(settings.mail.templates == "/srv/usher/mails")
        guard case .smtp(let server, caFile: "/srv/usher/ca.pem") = settings.mail.transport else {
            Issue.record("no server: \(settings.mail.transport)")
            return
        }
        #expect(server.host == "mail.example.com" && server.port == 465 && server.security == .tls)
        #expect(settings.app == .init(name: "Shop", url: "https://shop.example.com/in"))
        #expect(settings.lifetimes.session == .seconds(90 * 86400) && settings.lifetimes.seatIdle == nil)
        #expect(settings.lifetimes.invite == .seconds(12 * 3600))
        #expect(settings.retention.audit == .seconds(730 * 86400))
        #expect(settings.retention.sessions == .seconds(7 * 86400) && settings.retention.mails == .seconds(86400))
        #expect(settings.commandsOverlay == "/srv/usher/overlay.json")
        #expect(settings.log == .init(level: .debug, format: .json))
    }
}

import Commands
import HTTPTypes
import Mailer
import Mustache
import Resources
import Storage

/// The pages as Mustache templates, once in each language; everything that is filled in is escaped first.
struct PageTemplates: Sendable {
    enum Name: String, CaseIterable {
        case layout, mistakes, notice, home, refused, failure, account
        case emailField = "email-field"
        case oldPasswordField = "old-password-field"
        case newPasswordFields = "new-password-fields"
        case reveal
        case resetPassword = "reset-password"
        case resetPasswordSent = "reset-password-sent"
        case createPassword = "create-password"
        case createPasswordDone = "create-password-done"
        case accountLogin = "account-login"
        case accountPassword = "account-password"
        case accountSession = "account-session"
    }

    /// A page that is not in the binary, or cannot be rendered: a mistake of the build.
    struct MissingPage: Error {
        let name: String
    }

    /// Nothing from elsewhere, nothing inline, and forms post to us alone.
    private static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    private let libraries: [Language: MustacheLibrary]
    /// What every page and every text may use.
    private let always: [String: String]

    init(appName: String) throws {
        libraries = Dictionary(uniqueKeysWithValues: try Language.allCases.map { ($0, try Self.library(in: $0)) })
        always = [
            "appName": appName, "minimumCharacters": String(PasswordPolicy.minimumCharacters),
            "maximumBytes": String(PasswordPolicy.maximumBytes),
            "resetMinutes": String(PasswordLinks.resetLifetime.components.seconds / 60),
        ]
    }

    private static func library(in language: Language) throws -> MustacheLibrary {
        let catalogue = try TextCatalogue(language)
        var library = MustacheLibrary()
        func register(_ text: String, _ name: String) throws {
            // Plain: ``htmlEscaped(_:)`` has done the escaping when Mustache gets a value.
            try library.register("{{%CONTENT_TYPE:TEXT}}\n\(text)", named: name)
        }
        for name in Name.allCases {
            guard let text = Resources.text(named: "pages/\(name.rawValue).html") else {
                throw MissingPage(name: name.rawValue)
            }
            try register(try catalogue.filled(text), name.rawValue)
        }
        for text in PageText.allCases { try register(try catalogue[text.rawValue], text.rawValue) }
        return library
    }

    /// Renders a page; a value that is nil is like one that is not there.
    func page(
        _ name: Name, in language: Language, _ values: [String: Any?] = [:], status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let escaped = Self.escaped(values.compactMapValues { $0 }.merging(always as [String: Any]) { own, _ in own })
        var response = Response.html(try render(name.rawValue, in: language, escaped), status: status)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.contentLanguage] = language.tag
        response.headers[.vary] = "Accept-Language"
        return response
    }

    /// A text with its values, to be used as a value of a page; not yet escaped.
    func text(_ text: PageText, in language: Language, _ values: [String: String] = [:]) throws -> String {
        try render(text.rawValue, in: language, values.merging(always) { own, _ in own })
    }

    private func render(_ name: String, in language: Language, _ values: Any) throws -> String {
        guard let text = libraries[language]?.render(values, withTemplate: name) else { throw MissingPage(name: name) }
        return text
    }

    /// Every text in a template's values, however deep, made harmless.
    private static func escaped(_ value: Any) -> Any {
        switch value {
        case let text as String: htmlEscaped(text)
        case let list as [Any]: list.map(escaped)
        case let values as [String: Any]: values.mapValues(escaped)
        default: value
        }
    }
}

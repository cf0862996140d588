import HTTPTypes
import Hummingbird
import Mailer
import Mustache
import Resources

/// The pages as Mustache templates; everything that is filled in is escaped first.
struct PageTemplates: Sendable {
    enum Name: String, CaseIterable {
        case layout, mistakes, home, refused, failure
        case emailField = "email-field"
        case resetPassword = "reset-password"
        case resetPasswordSent = "reset-password-sent"
        case createPassword = "create-password"
        case createPasswordDone = "create-password-done"
    }

    /// A page that is not in the binary, or cannot be rendered: a mistake of the build.
    struct MissingPage: Error {
        let name: String
    }

    /// No script at all, nothing from elsewhere, and forms post to us alone.
    private static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
        + "base-uri 'none'"

    private let library: MustacheLibrary
    private let appName: String

    init(appName: String) throws {
        var library = MustacheLibrary()
        for name in Name.allCases {
            guard let text = Resources.text(named: "pages/\(name.rawValue).html") else {
                throw MissingPage(name: name.rawValue)
            }
            // Plain: ``htmlEscaped(_:)`` has done the escaping when Mustache gets a value.
            try library.register("{{%CONTENT_TYPE:TEXT}}\n\(text)", named: name.rawValue)
        }
        self.library = library
        self.appName = appName
    }

    /// Renders a page; a value that is nil is like one that is not there.
    func page(_ name: Name, _ values: [String: Any?] = [:], status: HTTPResponse.Status = .ok) throws -> Response {
        let values = values.compactMapValues { $0 }.merging(["appName": appName]) { own, _ in own }
        guard let html = library.render(Self.escaped(values), withTemplate: name.rawValue) else {
            throw MissingPage(name: name.rawValue)
        }
        var response = Response.html(html, status: status)
        response.headers[.contentSecurityPolicy] = Self.policy
        return response
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

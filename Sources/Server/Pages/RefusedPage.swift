import Commands
import Hummingbird

/// The page behind a link that does not work: it says why, and offers a new mail.
struct RefusedPage: Sendable {
    static let path = "/401"

    /// Why; in the address it is one of these words, never text that anybody could write.
    private enum Reason: String {
        case spent, expired, unknown

        var heading: String {
            switch self {
            case .spent: "This link has been used"
            case .expired: "This link has expired"
            case .unknown: "This link does not work"
            }
        }

        var why: String {
            switch self {
            case .spent:
                "A link from a mail works once. A password was set with it, or a later change of the account made it void."
            case .expired:
                "A link from a mail works for a limited time only, and that time is over."
            case .unknown:
                "It may not be complete: some mail programs cut long links. Open it from the mail once more."
            }
        }
    }

    let templates: PageTemplates
    let forms: FormTokens

    var route: Route { .get(Self.path, show) }

    static func redirect(for state: PasswordLinkState) -> Response {
        let reason: Reason =
            switch state {
            case .spent: .spent
            case .expired: .expired
            case .live, .unknown: .unknown
            }
        return .seeOther("\(path)?reason=\(reason.rawValue)")
    }

    @Sendable private func show(_ exchange: Exchange) async throws -> Response {
        let named = (try exchange.queryParameters()).first { $0.name == "reason" }?.value
        let reason = named.flatMap(Reason.init(rawValue:)) ?? .unknown
        return try templates.page(
            .refused,
            [
                "heading": reason.heading, "why": reason.why + " You can have a new one:",
                "formToken": forms.make(for: ResetPasswordPage.path),
            ])
    }
}

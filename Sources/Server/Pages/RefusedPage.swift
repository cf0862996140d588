import Commands

/// The page behind a link that does not work: it says why, and offers a new mail.
struct RefusedPage: Sendable {
    static let path = "/401"

    /// Why; in the address it is one of these words, never text that anybody could write.
    private enum Reason: String {
        case spent, expired, unknown

        var heading: PageText {
            switch self {
            case .spent: .linkIsSpent
            case .expired: .linkIsExpired
            case .unknown: .linkIsUnknown
            }
        }

        var why: PageText {
            switch self {
            case .spent: .whyLinkIsSpent
            case .expired: .whyLinkIsExpired
            case .unknown: .whyLinkIsUnknown
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
        let language = exchange.language
        return try templates.page(
            .refused, in: language,
            [
                "heading": templates.text(reason.heading, in: language),
                "why": templates.text(reason.why, in: language),
                "formToken": forms.make(for: ResetPasswordPage.path),
            ])
    }
}

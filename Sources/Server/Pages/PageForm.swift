import Commands
import Engine
import JSON

/// A form that was sent back, after the checks that it comes from a page of ours.
struct PageForm {
    private let fields: JSONObject
    /// Whether the page had been open for longer than its token lives; then it is shown again.
    let isTooOld: Bool

    /// `session` is the one for which the form was made, if any.
    ///
    /// - Throws: ``CommandFailure`` `FORBIDDEN` for a form from elsewhere, or from the page of another session.
    init(_ exchange: Exchange, _ tokens: FormTokens, _ rule: OriginRule, of session: Session.ID? = nil)
        throws(CommandFailure)
    {
        try rule.checkForm(exchange.headers)
        fields = try exchange.payload().objectValue ?? [:]
        switch tokens.check(fields["form"]?.stringValue ?? "", for: exchange.path, of: session) {
        case .good: isTooOld = false
        case .expired: isTooOld = true
        case .wrong: throw Self.foreign
        }
    }

    /// Checks a form that came too late to be for anybody, because its session is over.
    ///
    /// - Throws: ``CommandFailure`` `FORBIDDEN` for a form from elsewhere.
    static func check(_ exchange: Exchange, _ tokens: FormTokens, _ rule: OriginRule) throws(CommandFailure) {
        try rule.checkForm(exchange.headers)
        let token = try exchange.payload()["form"]?.stringValue ?? ""
        guard tokens.isOurs(token, for: exchange.path) else { throw foreign }
    }

    private static let foreign = CommandFailure.forbidden(
        "This form did not come from here. Open the page again, and send it from there.")

    /// What was typed into a field; empty when nothing was.
    subscript(name: String) -> String { fields[name]?.stringValue ?? "" }

    /// As ``subscript(_:)``, without white space at the ends, which comes along when somebody pastes.
    func trimmed(_ name: String) -> String { String(self[name][...].trimmed()) }
}

public import JSON

extension CommandFailure {
    /// The input breaks rules, each with its place.
    public static func invalidInput(_ fields: [FieldError]) -> Self {
        let first = fields.first?.message ?? "The input is not valid."
        let others = fields.count - 1
        let rest = others > 0 ? " (and \(others) more \(others == 1 ? "mistake" : "mistakes"), see `errors`)" : ""
        return Self(.invalidInput, first + rest, fields: fields)
    }

    /// All that is wrong with one input: what breaks its schema, and what was found besides. Nil when that is nothing.
    ///
    /// At one place the schema's word is enough. What was found besides keeps its code while nothing else is wrong.
    static func together(_ mistakes: [FieldError], _ refusals: [CommandFailure]) -> Self? {
        let places = Set(mistakes.map(\.pointer))
        let others = refusals.filter { refusal in !refusal.fields.contains { places.contains($0.pointer) } }
        if mistakes.isEmpty, others.count < 2 { return others.first }
        return .invalidInput(mistakes + others.flatMap(\.fields))
    }

    /// One mistake at one place; `pointer` is a JSON Pointer such as `/validUntil`.
    public static func invalidInput(_ pointer: String, keyword: String, _ message: String) -> Self {
        invalidInput([FieldError(pointer: pointer, keyword: keyword, message: message)])
    }

    public static func invalidToken(_ detail: String) -> Self { Self(.invalidToken, detail) }

    public static func forbidden(_ detail: String) -> Self { Self(.forbidden, detail) }

    /// `thing` is a noun phrase such as "user 7".
    public static func notFound(_ thing: String) -> Self { Self(.notFound, "There is no \(thing).") }

    public static func conflict(_ detail: String, members: [String: JSONValue] = [:]) -> Self {
        Self(.conflict, detail, members: members)
    }

    public static func unavailable(_ detail: String, retryAfter: Duration = .seconds(1), cause: (any Error)? = nil)
        -> Self
    {
        Self(.unavailable, detail, retryAfter: retryAfter, cause: cause)
    }

    /// A bug or a fault of ours: the caller learns the request's id only.
    public static func `internal`(_ cause: any Error) -> Self {
        Self(.internal, "Something went wrong here. The log has the cause under this request's id.", cause: cause)
    }
}

extension JSONValue {
    /// Reads one JSON text (RFC 8259) in UTF-8, strictly.
    ///
    /// Refused besides bad syntax: a member's name that comes twice, invalid UTF-8, half a surrogate pair, a byte order
    /// mark, nesting beyond the limit, and exponents beyond 10^15.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONSyntaxError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) -> JSONValue in
            var parser = JSONParser(buffer, limits: limits)
            return try parser.parse()
        }
    }

    /// Reads one JSON text; see ``init(parsing:limits:)-([UInt8],_)``.
    public init(parsing text: String, limits: JSONLimits = .default) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

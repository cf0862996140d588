extension JSONValue {
    /// The value as JSON in UTF-8, members in their order; `pretty` breaks lines and indents by two spaces.
    public func serialized(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.write(self)
        return writer.output
    }

    /// The value as compact JSON.
    public var text: String { String(decoding: serialized(), as: UTF8.self) }
}

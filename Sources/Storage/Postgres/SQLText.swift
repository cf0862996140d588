/// What can be told of a statement by its text.
enum SQLText {
    /// Whether it can only read, so that it is no use to ask for the number of its transaction.
    static func isQuery(_ sql: String) -> Bool { sql.hasPrefix("SELECT") }

    /// PostgreSQL itself does not mind an argument too many.
    ///
    /// - Throws: ``StorageError/misuse(_:)``
    static func checkArguments(of statement: SQLStatement) throws(StorageError) {
        let (expected, given) = (highestParameter(in: statement.sql), statement.arguments.count)
        guard expected == given else { throw .misuse("a statement with \(expected) arguments was given \(given)") }
    }

    /// The highest `n` of the arguments `$n`; our statements hold no `$1` in quotes.
    private static func highestParameter(in sql: String) -> Int {
        var (highest, number) = (0, Int?.none)
        for byte in sql.utf8 {
            if byte == UInt8(ascii: "$") {
                number = 0
            } else if let digits = number, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                let next = digits * 10 + Int(byte - UInt8(ascii: "0"))
                number = next
                highest = max(highest, next)
            } else {
                number = nil
            }
        }
        return highest
    }
}

/// One statement with its arguments.
public struct SQLStatement: Sendable {
    package let sql: String
    package let arguments: [SQLValue]

    public init(_ sql: String, _ arguments: (any SQLConvertible)?...) {
        self.init(sql, values: arguments.map { $0?.sqlValue ?? .null })
    }

    package init(_ sql: String, values: [SQLValue]) {
        self.sql = sql
        arguments = values
    }
}

import Engine

/// Which part of a list is asked for: those after a cursor, at most `limit`.
package struct PageRequest: Decodable, Sendable {
    static let defaultLimit = 50

    let cursor: String?
    let limit: Count?

    /// The id after which the page begins; the cursor is that id in decimal digits.
    func firstID() throws -> Int64 {
        guard let cursor else { return 0 }
        guard let id = Int64(cursor) else {
            throw CommandFailure.invalidInput(
                "/cursor", keyword: "pattern", "`cursor` is not a `nextCursor` of this list.")
        }
        return id
    }

    var size: Int { limit?.value ?? Self.defaultLimit }
}

/// Part of a list, oldest first, and where the next part begins.
package struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
    package let items: [Item]
    /// What to send as `cursor` for the next part; nil at the end.
    @OrNull package var nextCursor: String?

    /// Makes a page of at most `size` out of one record more than that, so that the end is known.
    init<Record>(of records: [Record], size: Int, id: (Record) -> Int64, item: (Record) throws -> Item) rethrows {
        let shown = records.prefix(size)
        items = try shown.map(item)
        nextCursor = records.count > size ? shown.last.map { String(id($0)) } : nil
    }
}

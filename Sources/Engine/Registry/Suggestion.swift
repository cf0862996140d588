/// Finds the name that somebody probably meant.
public enum Suggestion {
    /// The known name with the fewest edits from `name`, if they are few for its length.
    public static func nearest(to name: String, among known: [String]) -> String? {
        let typed = Array(name.lowercased().utf8.prefix(100))
        let limit = max(1, typed.count / 3)
        return known.map { (name: $0, edits: edits(typed, Array($0.lowercased().utf8))) }
            .filter { $0.edits <= limit }
            .min { $0.edits < $1.edits }?
            .name
    }

    /// The Levenshtein distance: insertions, deletions and replacements.
    private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                current.append(
                    min(previous[column + 1] + 1, current[column] + 1, previous[column] + (byte == other ? 0 : 1)))
            }
            previous = current
        }
        return previous[right.count]
    }
}

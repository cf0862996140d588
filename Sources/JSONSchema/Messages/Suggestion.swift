/// Finds the name that somebody probably meant.
package enum Suggestion {
    /// The known name with the fewest edits from `name`, if they are few for its length.
    package static func nearest(to name: String, among known: some Sequence<String>) -> String? {
        let typed = Array(name.lowercased().unicodeScalars.prefix(100))
        let limit = max(1, typed.count / 3)
        var best: (name: String, edits: Int)?
        for candidate in known.sorted() {
            let edits = edits(typed, Array(candidate.lowercased().unicodeScalars.prefix(100)))
            if edits <= limit, edits < best?.edits ?? .max { best = (candidate, edits) }
        }
        return best?.name
    }

    /// How many insertions, deletions, replacements and swaps of neighbours lie between two texts (the distance of
    /// Damerau and Levenshtein, optimal string alignment).
    private static func edits(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var rows = [Array(0...right.count)]
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var edits = min(rows[row][column + 1] + 1, current[column] + 1, rows[row][column] + (isSame ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    edits = min(edits, rows[row - 1][column - 1] + 1)
                }
                current.append(edits)
            }
            rows.append(current)
        }
        return rows[left.count][right.count]
    }
}

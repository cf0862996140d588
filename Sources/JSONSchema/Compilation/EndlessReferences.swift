/// Finds schemas that apply themselves to the same value again, which would never end.
enum EndlessReferences {
    private enum Mark {
        case new, open, done
    }

    /// The numbers of nodes at which such a circle closes.
    static func find(in outlines: [Outline]) -> [Int] {
        var marks = Array(repeating: Mark.new, count: outlines.count)
        var found: [Int] = []
        for root in outlines.indices where marks[root] == .new {
            // A node stands on the stack a second time, below its followers, to be closed after them.
            var stack = [root]
            while let number = stack.last {
                switch marks[number] {
                case .new:
                    marks[number] = .open
                    for next in outlines[number].inPlace {
                        if marks[next] == .open { found.append(next) }
                        if marks[next] == .new { stack.append(next) }
                    }
                case .open:
                    marks[number] = .done
                    stack.removeLast()
                case .done:
                    stack.removeLast()
                }
            }
        }
        return found
    }
}

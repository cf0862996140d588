/// A regular expression as a tree. Whether a quantifier is greedy or lazy makes no difference to whether it matches.
indirect enum PatternNode: Sendable {
    enum Assertion: Sendable {
        case start, end, wordBoundary, noWordBoundary
    }

    /// The set is finished.
    case scalar(ScalarSet)
    case assertion(Assertion)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// With no maximum, as often as it likes.
    case repetition(PatternNode, minimum: Int, maximum: Int?)
    /// Part of ECMA-262, but beyond this engine; the text says what.
    case unsupported(String)

    /// One code point of a set. It is finished here, once, and not for each copy that a quantifier makes.
    static func set(_ set: ScalarSet) -> PatternNode { .scalar(set.finished()) }
}

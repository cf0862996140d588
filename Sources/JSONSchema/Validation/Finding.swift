import JSON

/// A mistake, before it is put into words in full: whether the value is a secret is known at the end of the run only.
struct Finding {
    /// What could be said in another way when several branches of `anyOf` find the same.
    enum Kind {
        case type([String])
        /// One of these values, if they are known.
        case choice([JSONValue])
        case missing
        case other
    }

    /// What is told of the value, unless it is a secret.
    enum Detail {
        case nothing
        case got(JSONValue)
        case has(Int)
    }

    let path: [Validation.Step]
    let keyword: String
    let message: String
    var detail = Detail.nothing
    var kind = Kind.other

    var pointer: JSONPointer { JSONPointer(path.map(\.token)) }
}

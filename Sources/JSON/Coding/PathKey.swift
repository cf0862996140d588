/// A step of a coding path that is known by its text or number alone.
struct PathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }

    /// What the coder of a superclass is called.
    static let parent = PathKey(stringValue: "super")
}

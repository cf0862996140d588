/// Values that wait for the array or object around them. They are moved out of it and not copied, which an `Array` as a
/// stack cannot do.
struct ParserStack<Element>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    fileprivate(set) var count = 0

    init(capacity: Int) {
        base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    @inline(__always)
    mutating func push(_ element: consuming Element) {
        if count == capacity { grow() }
        (base + count).initialize(to: element)
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }

    /// Takes the uppermost; there must be one.
    @inline(__always)
    mutating func pop() -> Element {
        count -= 1
        return (base + count).move()
    }

    /// The uppermost; there must be one.
    @inline(__always)
    var last: Element { base[count - 1] }

    /// The one at a place, from the bottom.
    subscript(place: Int) -> Element { base[place] }

    @inline(__always)
    mutating func removeAll(from first: Int) {
        (base + first).deinitialize(count: count - first)
        count = first
    }

    /// Takes what lies from `first` on, as an array.
    mutating func popAll(from first: Int) -> [Element] {
        // `Array(unsafeUninitializedCapacity:)` would look its type up at run time, at four times the cost.
        var array: [Element] = []
        array.reserveCapacity(count - first)
        for place in first..<count { array.append((base + place).move()) }
        count = first
        return array
    }
}

extension ParserStack<JSONValue> {
    /// Takes the names and values that lie from a place on, each name with its value.
    static func popMembers(
        names: inout ParserStack<String>, from firstName: Int, values: inout ParserStack<JSONValue>,
        from firstValue: Int
    ) -> [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        members.reserveCapacity(names.count - firstName)
        let (name, value) = (names.base + firstName, values.base + firstValue)
        for place in 0..<(names.count - firstName) {
            members.append(JSONObject.Member((name + place).move(), (value + place).move()))
        }
        names.count = firstName
        values.count = firstValue
        return members
    }
}

/// The members of a JSON object, in the order in which they were put in; each name occurs once.
///
/// Order does not count for equality. Names are compared code point by code point.
public struct JSONObject: Sendable {
    package struct Member: Sendable {
        package let key: String
        package var value: JSONValue

        init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// Up to this many members a walk over them is faster than hashing.
    static let indexThreshold = 16

    /// The members, in order.
    package private(set) var members: [Member] = []
    private var places: [MemberName: Int]?

    /// An object without members.
    public init() {}

    /// Of two members with one name the later value counts, at the place of the first.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in members { self[key] = value }
    }

    /// How many members it has.
    public var count: Int { members.count }

    /// Whether it has no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The names, in order.
    public var keys: [String] { members.map(\.key) }

    /// The values, in order of their names.
    public var values: [JSONValue] { members.map(\.value) }

    /// The value of a member; setting nil removes the member.
    public subscript(key: String) -> JSONValue? {
        get { place(of: key).map { members[$0].value } }
        set {
            switch (place(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Where in the order the member named `key` stands.
    public func place(of key: String) -> Int? {
        guard let places else { return members.firstIndex { $0.key.hasSameBytes(as: key) } }
        return places[MemberName(key)]
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key, value))
        if places != nil {
            places?[MemberName(key)] = members.count - 1
        } else if members.count > Self.indexThreshold {
            index()
        }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        places = nil
        if members.count > Self.indexThreshold { index() }
    }

    private mutating func index() {
        var places: [MemberName: Int] = [:]
        places.reserveCapacity(members.count * 2)
        for (place, member) in members.enumerated() { places[MemberName(member.key)] = place }
        self.places = places
    }
}

extension JSONObject {
    /// Takes members as the parser read them, and says at which place a name comes for the second time.
    init(parsed members: [Member], repeatedAt repeated: inout Int?) {
        self.members = members
        if members.count > Self.indexThreshold {
            index()
            guard let places, places.count < members.count else { return }
            // An earlier one of two namesakes is not the one that the index knows; the first such says where.
            var seen: Set<MemberName> = []
            repeated = members.firstIndex { !seen.insert(MemberName($0.key)).inserted }
        } else {
            repeated = members.withUnsafeBufferPointer(Self.firstRepeated)
        }
    }

    private static func firstRepeated(_ members: UnsafeBufferPointer<Member>) -> Int? {
        var place = 1
        while place < members.count {
            let length = members[place].key.utf8.count
            var earlier = 0
            while earlier < place {
                // Most names differ in their length, and that is known without a call.
                if members[earlier].key.utf8.count == length,
                    members[earlier].key.hasSameBytes(as: members[place].key)
                {
                    return place
                }
                earlier += 1
            }
            place += 1
        }
        return nil
    }
}

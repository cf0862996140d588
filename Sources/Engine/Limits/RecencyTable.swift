/// Values by key in the order of their last use, so that the least recently used can be given up.
struct RecencyTable<Value> {
    private struct Node {
        var key: String
        var value: Value
        var older: Int?
        var newer: Int?
    }

    private var nodes: [Node?] = []
    private var unused: [Int] = []
    private var places: [String: Int] = [:]
    private var oldest: Int?
    private var newest: Int?

    var count: Int { places.count }

    /// The value of `key`, which is not used by this.
    func peek(_ key: String) -> Value? {
        places[key].flatMap { nodes[$0]?.value }
    }

    /// Stores the value, and counts as its use.
    mutating func use(_ key: String, _ value: Value) {
        if let place = places[key] {
            detach(place)
            nodes[place]?.value = value
            attach(place)
        } else {
            let node = Node(key: key, value: value)
            let place = unused.popLast() ?? nodes.count
            if place == nodes.count { nodes.append(node) } else { nodes[place] = node }
            places[key] = place
            attach(place)
        }
    }

    mutating func remove(_ key: String) {
        guard let place = places.removeValue(forKey: key) else { return }
        detach(place)
        nodes[place] = nil
        unused.append(place)
    }

    /// Gives up the least recently used value.
    mutating func removeOldest() {
        if let node = oldest.flatMap({ nodes[$0] }) { remove(node.key) }
    }

    private mutating func attach(_ place: Int) {
        nodes[place]?.older = newest
        nodes[place]?.newer = nil
        if let newest { nodes[newest]?.newer = place }
        newest = place
        if oldest == nil { oldest = place }
    }

    private mutating func detach(_ place: Int) {
        guard let node = nodes[place] else { return }
        if let older = node.older { nodes[older]?.newer = node.newer } else { oldest = node.newer }
        if let newer = node.newer { nodes[newer]?.older = node.older } else { newest = node.older }
    }
}

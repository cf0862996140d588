/// A coding path as a list that shares its beginning: one allocation for each step down, none for each member.
indirect enum CodingPlace {
    case root
    case child(CodingPlace, any CodingKey)

    var keys: [any CodingKey] {
        var keys: [any CodingKey] = []
        var place = self
        while case .child(let parent, let key) = place {
            keys.append(key)
            place = parent
        }
        return keys.reversed()
    }

    var pointer: JSONPointer { JSONPointer(keys) }
}

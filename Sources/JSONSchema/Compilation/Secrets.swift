import JSON

/// Finds out which values must not come into messages.
struct Secrets {
    private(set) var nodes: [SchemaNode]

    init(_ nodes: [SchemaNode]) { self.nodes = nodes }

    /// A schema is secret too if one is that it applies to the same value.
    mutating func spread() {
        var isChanged = true
        while isChanged {
            isChanged = false
            for number in nodes.indices where !nodes[number].isSecret {
                nodes[number].isSecret = nodes[number].inPlace.contains { nodes[$0].isSecret }
                isChanged = isChanged || nodes[number].isSecret
            }
        }
    }

    /// Names of members with secret schemas: another schema may know the same member and not know that it is secret.
    var names: Set<String> {
        var names: Set<String> = []
        for node in nodes {
            for (name, number) in node.properties where nodes[number].isSecret { names.insert(name.text) }
        }
        return names
    }
}

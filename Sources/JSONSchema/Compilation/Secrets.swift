import JSON

/// Finds out which values must not come into messages.
struct Secrets {
    private(set) var outlines: [Outline]

    init(_ outlines: [Outline]) { self.outlines = outlines }

    /// A schema is secret too if one is that it applies to the same value.
    mutating func spread() {
        var isChanged = true
        while isChanged {
            isChanged = false
            for number in outlines.indices where !outlines[number].isSecret {
                let inPlace = outlines[number].inPlace + outlines[number].dynamic
                outlines[number].isSecret = inPlace.contains { outlines[$0].isSecret }
                isChanged = isChanged || outlines[number].isSecret
            }
        }
    }

    /// Names of members with secret schemas: another schema may know the same member and not know that it is secret.
    var names: Set<String> {
        var names: Set<String> = []
        for outline in outlines {
            for (name, number) in outline.properties where outlines[number].isSecret { names.insert(name.text) }
        }
        return names
    }
}

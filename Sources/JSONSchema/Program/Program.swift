import JSON

/// A compiled schema: instructions in one list, and tables of what they name by number.
final class Program: Sendable {
    /// A schema or subschema: a range of instructions.
    struct Node: Sendable {
        var instructions: Range<Int> = 0..<0
        /// The types that the first instruction allows, where it is `type`; else all.
        var types = TypeSet.all
        /// The resource that it is part of.
        var resource = 0
        /// Whether it asks what its other keywords have evaluated.
        var hasUnevaluated = false
    }

    struct Contains: Sendable {
        let schema: Int
        let minimum: Int
        let maximum: Int?
    }

    struct Conditional: Sendable {
        let condition: Int
        let then: Int?
        let otherwise: Int?
    }

    struct DynamicReference: Sendable {
        let name: String
        /// Where it leads if no resource on the way has another anchor of that name.
        let initial: Int
        /// By resource, where its anchor of that name stands.
        var anchors: [Int: Int] = [:]
    }

    /// What instructions name by number.
    struct Tables: Sendable {
        var names: [[String]] = []
        var values: [JSONValue] = []
        var enumerations: [[JSONValue]] = []
        var numbers: [JSONNumber] = []
        var expressions: [RegularExpression] = []
        var formats: [Format] = []
        var dependents: [[(name: String, required: [String])]] = []
        var members: [MemberTable.Draft] = []
        var schemas: [[Int]] = []
        var branches: [Branches] = []
        var contains: [Contains] = []
        var dynamicReferences: [DynamicReference] = []
        var conditionals: [Conditional] = []
        var dependentSchemas: [[(name: String, schema: Int)]] = []
    }

    /// The root is the first.
    let nodes: [Node]
    let instructions: [Instruction]
    let tables: Tables
    let members: [MemberTable]
    /// By node, what is needed for messages and questions only.
    let outlines: [Outline]
    /// Names of members that hold secrets wherever they occur; their values never come into a message.
    let secretNames: Set<String>
    let maximumSteps: Int
    /// Whether a run has to remember by which resources it came.
    let hasDynamicReferences: Bool

    init(
        nodes: [Node], instructions: [Instruction], tables: Tables, outlines: [Outline], secretNames: Set<String>,
        maximumSteps: Int
    ) {
        self.nodes = nodes
        self.instructions = instructions
        self.tables = tables
        members = tables.members.map(MemberTable.init)
        self.outlines = outlines
        self.secretNames = secretNames
        self.maximumSteps = maximumSteps
        hasDynamicReferences = !tables.dynamicReferences.isEmpty
    }
}

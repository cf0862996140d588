import Engine
import Storage

/// Greets somebody by name.
struct SayHello: Command {
    static let action: Action = "say-hello"
    static let access: Access = .webhook
    static let isReadOnly = true

    struct Input: Decodable, Sendable {
        let name: String
    }

    struct Greeting: Encodable, Sendable {
        let greeting: String
    }

    func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Greeting {
        Greeting(greeting: "Hello, \(input.name)!")
    }
}

import JSON
import JSONSchema

/// A command with its descriptor and compiled schemas: one entry of the registry.
struct RegisteredCommand: Sendable {
    let command: any Command
    let descriptor: Descriptor
    let input: Schema
    /// An operator's additional input schema, which can only tighten.
    let tightening: Schema?

    /// Everything that is wrong with `payload`, in document order.
    func mistakes(in payload: JSONValue) -> [CommandFailure.FieldError] {
        var errors = input.validate(payload)
        if errors.isEmpty, let tightening { errors = tightening.validate(payload) }
        return errors.map {
            CommandFailure.FieldError(pointer: $0.pointer.description, keyword: $0.keyword, message: $0.message)
        }
    }
}

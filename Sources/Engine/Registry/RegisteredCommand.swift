import JSON
import JSONSchema

/// A command with its descriptor and compiled schemas: one entry of the registry.
final class RegisteredCommand: Sendable {
    let command: any Command
    let descriptor: Descriptor
    let input: Schema
    /// An operator's additional input schema, which can only tighten.
    let tightening: Schema?

    init(command: any Command, descriptor: Descriptor, input: Schema, tightening: Schema?) {
        self.command = command
        self.descriptor = descriptor
        self.input = input
        self.tightening = tightening
    }

    /// Everything that is wrong with `payload`, in document order; where the shipped schema has nothing to say, what an
    /// operator's does.
    func mistakes(in payload: JSONValue, isTightened: Bool) -> [CommandFailure.FieldError] {
        var errors = input.validate(payload)
        if isTightened, let tightening {
            let places = Set(errors.map(\.pointer))
            let further = tightening.mistakes(in: payload).filter { !places.contains($0.pointer) }
            if !further.isEmpty { errors = DocumentOrder(of: payload).sorted(errors + further) { $0.pointer } }
        }
        return errors.prefix(Schema.maximumErrors).map { error in
            CommandFailure.FieldError(
                pointer: error.pointer.description, keyword: error.keyword,
                message: error.pointer.tokens.count == 1
                    ? error.message.replacing("is not a field here", with: "is not a field of `\(descriptor.action)`")
                    : error.message)
        }
    }
}

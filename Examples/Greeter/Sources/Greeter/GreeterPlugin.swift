public import Engine

/// Brings `say-hello` and what describes it.
public struct GreeterPlugin: CommandPlugin {
    public let name = "greeter"

    public init() {}

    public var commands: [any Command] { [SayHello()] }

    public var descriptors: DescriptorDocument? {
        get throws { try DescriptorDocument(parsing: Array(Self.document.utf8), name: "greeter") }
    }

    private static let document = """
        {
          "version": 1,
          "commands": {
            "say-hello": {
              "summary": "Greet somebody by name",
              "description": "Answers with a greeting, and changes nothing.",
              "input": {
                "type": "object",
                "required": ["name"],
                "properties": {
                  "name": {"type": "string", "minLength": 1, "maxLength": 100, "description": "Who is greeted."}
                },
                "additionalProperties": false
              },
              "output": {
                "type": "object",
                "required": ["greeting"],
                "properties": {"greeting": {"type": "string"}}
              },
              "examples": [{"input": {"name": "Ada"}, "output": {"greeting": "Hello, Ada!"}}],
              "expose": ["webhook", "cli"],
              "effects": {"readOnly": true, "destructive": false, "idempotent": true}
            }
          }
        }
        """
}

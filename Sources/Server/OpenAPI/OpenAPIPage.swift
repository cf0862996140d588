import Engine
import JSON

/// A page for people in a browser.
struct OpenAPIPage {
    /// A field of a form, with its rule.
    struct Field {
        let name: String
        let about: String
        var isRequired = true
        var words: [String] = []
        var example = ""

        static let formToken = Field(
            name: "form", about: "The hidden token of the page that shows the form.", example: "AAABm…")
        static let email = Field(name: "email", about: "An email address.", example: "anna@example.com")
        static let password = Field(
            name: "password", about: "A password: at least 8 characters.", example: "walnut-harbour-52")
        static let confirm = Field(name: "confirm", about: "The same again.", example: "walnut-harbour-52")

        var schema: JSONValue {
            var schema: JSONObject = ["type": "string", "description": .string(about)]
            if !words.isEmpty { schema["enum"] = .array(words.map { .string($0) }) }
            return .object(schema)
        }
    }

    let id: String
    let summary: String
    var description: String?
    var query: [Field] = []
    var form: [Field] = []
    /// The command that its form calls.
    var command: Action?
    /// What it leads to with a redirect, if it does.
    var leadsTo: String?
    /// Whether it shows anything itself.
    var isShown = true

    /// The body of every page.
    static let content: JSONValue = ["schema": ["type": "string", "description": "A page, in the reader's language."]]

    func parts(_ method: String) -> OpenAPIParts {
        var answers: [OpenAPIAnswer] = []
        if isShown {
            answers.append(
                OpenAPIAnswer(description: "The page.", type: MediaTypes.html, schema: Self.content["schema"]))
        }
        if let leadsTo { answers.append(.seeOther(leadsTo)) }
        return OpenAPIParts(
            id: id, summary: summary, description: description, parameters: query.map(Self.parameter),
            requestBody: body, answers: answers)
    }

    private static func parameter(_ field: Field) -> JSONValue {
        [
            "name": .string(field.name), "in": "query", "required": false, "description": .string(field.about),
            "schema": ["type": "string"], "example": .string(field.example),
        ]
    }

    private var body: JSONValue? {
        if form.isEmpty { return .none }
        let schema: JSONValue = [
            "type": "object", "properties": .object(JSONObject(form.map { ($0.name, $0.schema) })),
            "required": .array(form.filter(\.isRequired).map { .string($0.name) }), "additionalProperties": false,
        ]
        let example: JSONValue = .object(JSONObject(form.filter(\.isRequired).map { ($0.name, .string($0.example)) }))
        return [
            "required": true, "content": [MediaTypes.form: OpenAPIAnswer.content(schema, [("example-1", example)])],
        ]
    }
}

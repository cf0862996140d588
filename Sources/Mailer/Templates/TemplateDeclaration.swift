/// What a template may use: its name and its variables.
package struct TemplateDeclaration: Sendable {
    /// As in the names of its files: `reset-password`.
    package let name: String
    package let variables: [String: TemplateVariable]
    /// The files that it has in each language.
    let parts: [TemplateFile.Part]

    /// A mail: subject, text and HTML.
    package init(_ name: String, _ variables: [String: TemplateVariable]) {
        self.init(name, variables, parts: TemplateFile.Part.allCases)
    }

    private init(_ name: String, _ variables: [String: TemplateVariable], parts: [TemplateFile.Part]) {
        self.name = name
        self.variables = variables
        self.parts = parts
    }

    /// A few words that differ from language to language, such as a time: one file, for ``TemplateLibrary/phrase(_:locale:values:)``.
    package static func phrase(_ name: String, _ variables: [String: TemplateVariable]) -> TemplateDeclaration {
        TemplateDeclaration(name, variables, parts: [.text])
    }
}

/// What a variable holds and whether it is always there.
package struct TemplateVariable: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case text, url, flag, list
    }

    package let kind: Kind
    package let isOptional: Bool

    /// A text for people; control characters in it become spaces.
    package static let text = TemplateVariable(kind: .text, isOptional: false)
    /// An http or https URL: the only kind that may stand in `href="…"`.
    package static let url = TemplateVariable(kind: .url, isOptional: false)
    /// For `{{#flag}}…{{/flag}}`.
    package static let flag = TemplateVariable(kind: .flag, isOptional: false)
    /// Texts, for `{{#list}}{{.}}{{/list}}`.
    package static let list = TemplateVariable(kind: .list, isOptional: false)

    /// The same, but not always there: a template asks with `{{#variable}}…{{/variable}}`.
    package var optional: TemplateVariable { TemplateVariable(kind: kind, isOptional: true) }
}

import Testing

/// What the documents show works as it is shown.
struct DocumentScenarios {
    static let pages = [
        "api.md", "json-schema.md", "mail.md", "migrating.md", "operation.md", "scripting.md", "shop.md", "verify.md",
    ]

    @Test(arguments: pages)
    func everySnippetOfThePageRuns(page: String) async throws {
        try await SnippetRun(document: Document(page), lab: Lab.start()).run()
    }

    @Test(arguments: pages)
    func noSnippetOfThePageIsForgotten(page: String) throws {
        let document = try Document(page)
        #expect(document.unmarked.isEmpty, "say in docs/\(page) whether these blocks are run")
        #expect(!document.steps.isEmpty)
    }

    @Test(arguments: [
        ("user 2\n", "user 2\n", true), ("user 2\n", "user …\n", true), ("a b c", "a…c", true), ("ab", "…", true),
        ("user 2\n", "user 3\n", false), ("a b c", "a…d", false), ("aba", "ab…ba", false), ("abcd", "a…c…b…d", false),
    ])
    func whatIsPrintedIsCompared(text: String, pattern: String, isMatch: Bool) {
        #expect(matches(text, pattern) == isMatch)
    }
}

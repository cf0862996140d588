import Testing

@testable import Mailer

struct TemplateLibraryTests {
    private static let declaration = TemplateDeclaration(
        "hi", ["name": .text, "link": .url, "isNew": .flag, "items": .list, "device": .text.optional])
    private static let phrase = TemplateDeclaration.phrase("soon", ["days": .text])
    private static let good = [
        "hi.subject.txt": "Hi", "hi.txt": "Hi", "hi.html": "<p>Hi</p>", "soon.txt": "in {{days}} days\n",
    ]

    private static func library(_ texts: [String: String], own: [String: String] = [:]) throws -> TemplateLibrary {
        try TemplateLibrary(texts: good.merging(texts) { $1 }, own: own, declarations: [declaration, phrase])
    }

    private static func render(
        _ texts: [String: String], locale: String = "", name: String = "Ann",
        link: String = "https://x.example/?a=1&b=2"
    ) throws -> RenderedTexts {
        try library(texts).render(
            "hi", locale: locale,
            values: ["name": .text(name), "link": .url(link), "isNew": .flag(true), "items": .list(["<a>", "b"])])
    }

    @Test func valuesAreEscapedInHTMLAndNowhereElse() throws {
        let texts = try Self.render(
            [
                "hi.subject.txt": "For {{name}}\n", "hi.txt": "{{name}} {{{name}}} {{link}}",
                "hi.html": "<b title=\"{{name}}\">{{{name}}} {{&name}}</b><a href=\"{{link}}\">",
            ], name: "<i>\"A\" & 'B'")
        let escaped = "&lt;i&gt;&quot;A&quot; &amp; &#39;B&#39;"
        #expect(texts.subject == "For <i>\"A\" & 'B'")
        #expect(texts.text == "<i>\"A\" & 'B' <i>\"A\" & 'B' https://x.example/?a=1&b=2")
        #expect(
            texts.html
                == "<b title=\"\(escaped)\">\(escaped) \(escaped)</b><a href=\"https://x.example/?a=1&amp;b=2\">")
    }

    @Test(arguments: ["\"\u{301} onload=x", "<\u{338}script>", "'\u{20dd}", "\"\u{fe0f}"])
    func aQuoteWithACombiningMarkIsEscapedToo(name: String) throws {
        let html = try Self.render(["hi.html": "{{name}}"], name: name).html
        #expect(!html.unicodeScalars.contains { ["\"", "<", "'"].contains($0) })
    }

    @Test func lineBreaksInAValueCannotMakeParagraphs() throws {
        let texts = try Self.render(
            ["hi.subject.txt": "{{name}}\n{{name}}", "hi.txt": "{{name}}"], name: "Ann\r\n\r\nPay here:")
        #expect(texts.text == "Ann    Pay here:")
        #expect(texts.subject == "Ann Pay here: Ann Pay here:")
    }

    @Test func sectionsListsAndIncludesWork() throws {
        let texts = try Self.render([
            "hi.txt":
                "{{#isNew}}\nnew\n{{/isNew}}\n{{^isNew}}old{{/isNew}}\n{{#items}}\n- {{.}}\n{{/items}}\n"
                + "{{#device}}at {{device}}{{/device}}{{! a comment }}\n{{> foot.txt}}\n",
            "foot.txt": "Bye {{name}}",
        ])
        #expect(texts.text == "new\n\n- <a>\n- b\n\nBye Ann")
    }

    @Test(arguments: [
        ("de-AT", "AT"), ("de-at", "AT"), ("de-CH", "DE"), ("de", "DE"), ("fr", "Hi"), ("", "Hi"), ("d", "Hi"),
    ])
    func aLanguageFallsBackToTheNextWider(locale: String, text: String) throws {
        let texts = try Self.render(
            [
                "hi.de.subject.txt": "DE", "hi.de.txt": "DE", "hi.de.html": "DE",
                "hi.de-AT.subject.txt": "AT", "hi.de-AT.txt": "AT", "hi.de-AT.html": "AT",
            ], locale: locale)
        #expect(texts.subject == text)
        #expect(texts.text == text)
    }

    @Test(
        arguments: [
            (["hi.txt": "a\n{{nmae}}"], "hi.txt:2: there is no variable `nmae`"),
            (["hi.html": "{{#nmae}}x{{/nmae}}"], "hi.html:1: there is no variable `nmae`"),
            (["hi.txt": "{{name.first}}"], "hi.txt:1: there is no variable `name.first`"),
            (["hi.txt": "{{uppercased(name)}}"], "hi.txt:1: there is no variable `uppercased(name)`"),
            (["hi.txt": "{{items}}"], "hi.txt:1: `items` is no text"),
            (["hi.html": "<a href=\"{{name}}\">"], "hi.html:1: `name` is no URL"),
            (["hi.html": "<A HREF=\"{{name}}\">"], "hi.html:1: `name` is no URL"),
            (["hi.html": "{{#items}}<img src=\"{{.}}\">{{/items}}"], "hi.html:1: only a URL"),
            (["hi.html": "{{%CONTENT_TYPE:HTML}}"], "hi.html:1: this kind of tag"),
            (["hi.html": "{{=<% %>=}}"], "hi.html:1: this kind of tag"),
            (["hi.txt": "a\n\n{{name"], "hi.txt:3: a tag is not closed"),
            (["hi.txt": "a\n{{#isNew}}x"], "hi.txt:2: expectedSectionEnd"),
            (["hi.txt": "{{> nowhere.txt}}"], "hi.txt:1: there is no file `nowhere.txt`"),
            (
                ["hi.txt": "{{> a.txt}}", "a.txt": "{{> b.txt}}", "b.txt": "{{> a.txt}}"],
                "b.txt:1: `a.txt` includes itself"
            ),
            (["hi.txt": "{{> a.txt}}", "a.txt": "\n{{oops}}"], "a.txt:2: there is no variable `oops`"),
            (["hello.txt": "x"], "hello.txt: no template has this name"),
            (["hi.de.txt": "x"], "hi.de.html: the file is missing"),
            (["hi.de.subject.txt": "x"], "hi.de.txt: the file is missing"),
            (["soon.html": "x"], "soon.html: no template has this name"),
            (["soon.txt": "{{weeks}}"], "soon.txt:1: there is no variable `weeks`; there are: days"),
            (["soon.de.txt": "x", "soon.DE.txt": "x"], "this file is there twice"),
        ] as [([String: String], String)])
    func aBrokenTemplateStopsTheStart(texts: [String: String], problem: String) throws {
        let error = try #require(throws: TemplateProblems.self) { try Self.library(texts) }
        #expect(error.description.contains(problem), "\(error)")
    }

    @Test func allProblemsAreToldAtOnce() throws {
        let error = try #require(throws: TemplateProblems.self) {
            try TemplateLibrary(texts: ["hi.txt": "{{a}} {{b}}"], declarations: [Self.declaration])
        }
        #expect(error.problems.count == 4)
    }

    @Test func aPhraseIsOneLineInTheLanguage() throws {
        let library = try Self.library(["soon.de.txt": "in\n{{days}} Tagen\n"])
        for (locale, words) in [("", "in 3 days"), ("de-AT", "in 3 Tagen"), ("fr", "in 3 days")] {
            #expect(try library.phrase("soon", locale: locale, values: ["days": .text("3")]) == words)
        }
        #expect(throws: TemplateValueError.missing(variable: "days")) {
            try library.phrase("soon", locale: "", values: [:])
        }
    }

    @Test func ownFilesReplaceOthersOneByOneAndAddLanguages() throws {
        let library = try Self.library(
            ["hi.html": "{{> foot.html}}", "foot.html": "Bye", "soon.de.txt": "bald"],
            own: [
                "hi.html": "<p>Own</p>", "soon.DE.txt": "demnächst", "hi.fr.subject.txt": "Salut", "hi.fr.txt": "Salut",
                "hi.fr.html": "{{> pied.html}}", "pied.html": "Adieu",
            ])
        let values: [String: TemplateValue] = [
            "name": .text("Ann"), "link": .url("https://x.example"), "isNew": .flag(true), "items": .list([]),
        ]
        let english = try library.render("hi", locale: "", values: values)
        #expect(english.html == "<p>Own</p>" && english.text == "Hi", "what nobody includes any more is no mistake")
        #expect(try library.render("hi", locale: "fr-CA", values: values).html == "Adieu")
        #expect(try library.phrase("soon", locale: "de", values: ["days": .text("3")]) == "demnächst")
    }

    @Test func whatIsInUseIsReplacedAsAWhole() throws {
        let current = CurrentTemplates(try Self.library([:]))
        let old = current.library
        current.replace(with: try Self.library(["soon.txt": "anon"]))
        #expect(try current.library.phrase("soon", locale: "", values: ["days": .text("3")]) == "anon")
        #expect(try old.phrase("soon", locale: "", values: ["days": .text("3")]) == "in 3 days")
    }

    @Test(arguments: [
        ["hi.fr.txt": "Salut"], ["hi.fr.subject.txt": "a", "hi.fr.txt": "b"], ["hello.txt": "x"],
        ["hi.txt": "{{nmae}}"],
    ])
    func wrongOwnFilesAreFound(own: [String: String]) {
        #expect(throws: TemplateProblems.self) { try Self.library([:], own: own) }
    }

    @Test(arguments: [
        "javascript:alert(1)", "ftp://x", "https://x/\"y", "https://x/ y", "https://x/<", "https://x/\u{301}",
    ])
    func onlyWebAddressesAreURLs(link: String) {
        #expect(throws: TemplateValueError.badURL(variable: "link")) { try Self.render([:], link: link) }
    }

    @Test func aMissingValueIsAnError() throws {
        let library = try Self.library([:])
        #expect(throws: TemplateValueError.self) { try library.render("hi", locale: "", values: [:]) }
        #expect(throws: TemplateValueError.unknownTemplate("ho")) { try library.render("ho", locale: "", values: [:]) }
    }
}

import ArgumentParser
import Commands
import JSONSchema
import Mailer
import Storage

/// `usher mail`: shows a mail filled with sample data, to see what a template makes of it.
struct ShowMail: Verb {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Show a mail, filled with sample data.",
        discussion: """
            usher mail reset-password --locale de
            usher mail reset-password --html > reset-password.html
            """)

    @Argument(help: ArgumentHelp("The mail: \(MailTemplates.names.joined(separator: ", ")).", valueName: "template"))
    var template: String

    @Option(help: ArgumentHelp("The language, such as de or de-AT.", valueName: "tag"))
    var locale: String = ""

    @Flag(help: "Print the HTML alone.")
    var html = false

    @Flag(help: "For password-updated: the first password of a user, not another one.")
    var first = false

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard !MailTemplates.names.contains(template) else { return }
        let hint = Suggestion.nearest(to: template, among: MailTemplates.names).map { " Did you mean `\($0)`?" } ?? ""
        throw ValidationError(
            "There is no mail `\(template)`.\(hint) There are: \(MailTemplates.names.joined(separator: ", ")).")
    }

    func run(in surroundings: Surroundings) async throws {
        let settings = try options.settings(in: surroundings)
        let templates = try TemplateFolder.templates(settings.mail.templates)
        if !locale.isEmpty, templates.language(of: template, for: locale).isEmpty {
            StandardError.show("usher: `\(template)` is not there in `\(locale)`; this is what such a user gets.")
        }
        let now = surroundings.makeClock(Timestamp(milliseconds: 0)) { _ in }.now()
        let texts = try SampleMail(template, locale: locale, isFirst: first)
            .texts(templates, DomainSettings(settings), at: now)
        print(html ? texts.html : "Subject: \(texts.subject)\n\n\(texts.text)", terminator: "")
    }
}

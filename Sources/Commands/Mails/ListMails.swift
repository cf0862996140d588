package import Engine
import Mailer
package import Storage

/// What became of the mails, oldest first: those of the last 30 days, and all that wait.
package struct ListMails: Command {
    package static let action: Action = "list-mails"
    package static let access: Access = [.webhook, .admin]
    package static let isReadOnly = true

    package struct Input: Decodable, Sendable {
        let state: String?
        let page: PageRequest

        private enum Key: String, CodingKey { case state }

        package init(from decoder: any Decoder) throws {
            state = try decoder.container(keyedBy: Key.self).decodeIfPresent(String.self, forKey: .state)
            page = try PageRequest(from: decoder)
        }
    }

    package func perform(_ input: Input, in tx: Transaction, call: Call) throws -> Page<MailView> {
        let mails = try Outbox.list(
            input.state.flatMap(OutboxState.init), after: input.page.firstID(), limit: input.page.size + 1, in: tx)
        return Page(of: mails, size: input.page.size, id: \.id.rawValue, item: MailView.init)
    }
}

/// Carries one mail at a time to wherever mails go.
package protocol MailTransport: AnyObject, Sendable {
    /// Where mails go, for logs: no password in it.
    var place: String { get }

    /// Carries a mail and says what came of it; never throws, for every failure has its meaning.
    ///
    /// `label` is what kind of mail it is, for the name of a file.
    func deliver(_ message: MailMessage, label: String) async -> Delivery

    /// Gives up the delivery that is under way, if any, and every later one, and ends ``close()`` at once: the process is
    /// ending.
    func interrupt()

    /// Closes connections.
    func close() async
}

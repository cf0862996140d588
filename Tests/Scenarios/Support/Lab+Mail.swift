import Foundation
import JSON
import Synchronization
import TestSupport

extension Lab {
    /// The next mail to an address that no test step has read yet; waits for it.
    func mail(to address: String) async throws -> Mail {
        try await eventually("a mail to \(address)") { unreadMails(to: address, limit: 1).first }
    }

    /// All mails to an address that were sent and not read so far, and all that were on their way when this was asked.
    ///
    /// A user deleted now is told so, which is as little urgent as a mail can be; the outbox keeps the order, so when
    /// that one is there, all before it are.
    func mailsSoFar(to address: String, shop: Shop) async throws -> [Mail] {
        let fence = "fence-\(UUID().uuidString.lowercased())@example.com"
        try await shop.run("create-user", ["email": .string(fence), "name": "Fence"])
        try await shop.run("delete-user", ["email": .string(fence)])
        _ = try await eventually("the last mail to \(fence)") {
            unreadMails(to: fence).first { $0.subject.contains("deleted") }
        }
        return unreadMails(to: address)
    }

    private func unreadMails(to address: String, limit: Int = .max) -> [Mail] {
        let mailFolder = data.appending(path: "mail")
        let keys: Set<URLResourceKey> = [.contentModificationDateKey]
        let files = try? FileManager.default.contentsOfDirectory(
            at: mailFolder, includingPropertiesForKeys: Array(keys))
        let dated = (files ?? []).filter { $0.pathExtension == "eml" }.map { file in
            let date = (try? file.resourceValues(forKeys: keys))?.contentModificationDate
            return (file: file, date: date ?? .distantPast)
        }
        var mails: [Mail] = []
        for (file, _) in dated.sorted(by: { ($0.date, $0.file.path()) < ($1.date, $1.file.path()) }) {
            guard mails.count < limit, !seenMails.withLock({ $0.contains(file.path()) }),
                let source = try? String(contentsOf: file, encoding: .utf8)
            else { continue }
            let mail = Mail(parsing: source)
            guard mail.to == address else { continue }
            seenMails.withLock { _ = $0.insert(file.path()) }
            mails.append(mail)
        }
        return mails
    }
}

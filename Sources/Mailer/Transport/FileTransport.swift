package import Logging
import Storage

/// Writes each mail to a file of its own, for development: `<time>-<template>-<id>.eml`, readable as it is.
package actor FileTransport: MailTransport {
    package nonisolated let place: String

    private let folder: String
    private let logger: Logger
    private let queue = BlockingQueue(label: "usher.mail.files")

    /// Writes to `folder`, which is made with the mode 0700 when it is not there; its own parent must be.
    package init(folder: String, logger: Logger) {
        self.folder = folder
        self.logger = logger
        place = folder
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe queue.asUnownedSerialExecutor() }

    package func deliver(_ message: MailMessage, label: String) async -> Delivery {
        let time = message.date.description.replacing(":", with: "-")
        let path = "\(folder)/\(time)-\(label)-\(message.id).eml"
        do {
            try AtomicFile.write(try message.bytes(readable: true), to: path, makingFolder: folder)
        } catch let error as MessageError {
            return Delivery(.refused, text: error.description)
        } catch {
            return Delivery(.misconfigured, text: "\(error)")
        }
        logger.info(
            "Mail written", metadata: ["template": "\(label)", "to": "\(message.to.address)", "file": "\(path)"])
        return Delivery(.sent, text: "written to \(path)")
    }

    package nonisolated func interrupt() {}

    package func close() async {}
}

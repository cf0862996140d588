import Foundation
import Synchronization

/// An SMTP server on loopback that answers as a script says: what real servers do not do on demand.
final class FakeSMTPServer: Sendable {
    struct Script: Sendable {
        /// What stands in the answer to EHLO.
        var extensions = ["SIZE 10000000", "ENHANCEDSTATUSCODES"]
        /// Answers to a command, by its first word or, before that, by the whole line; `BODY` is for the message.
        var answers: [String: String] = [:]
        var greeting = "220 fake ESMTP"
        /// After a mail, waits for ``closeIdleConnection()`` instead of the next.
        var waitsAfterMail = false
        /// Closes without a word where it would answer this command.
        var hangsUpAt: String?
    }

    let port: Int
    private let listener: Int32
    private let state: Mutex<(lines: [String], bodies: [String], connections: Int)>
    private let script: Mutex<Script>
    private let mayClose = DispatchSemaphore(value: 0)
    private let hasClosed = DispatchSemaphore(value: 0)

    init(_ script: Script = Script()) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = listener
        let isListening = withUnsafeMutableBytes(of: &address) { bytes -> Bool in
            let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return bind(file, pointer, length) == 0 && listen(file, 16) == 0 && getsockname(file, pointer, &length) == 0
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        state = Mutex(([], [], 0))
        self.script = Mutex(script)
        Thread.detachNewThread { [self] in accept() }
    }

    /// Every command received, over all connections.
    var lines: [String] { state.withLock { $0.lines } }
    /// Every message received, as it came, with its dots doubled.
    var bodies: [String] { state.withLock { $0.bodies } }
    var connections: Int { state.withLock { $0.connections } }

    func change(_ change: (inout Script) -> Void) { script.withLock { change(&$0) } }

    /// Says 421 to the client whose mail came last, and closes; the client finds it there when it looks.
    func closeIdleConnection() {
        mayClose.signal()
        hasClosed.wait()
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func accept() {
        while true {
            let client = Foundation.accept(listener, nil, nil)
            guard client >= 0 else {
                close(listener)
                return
            }
            state.withLock { $0.connections += 1 }
            Thread.detachNewThread { [self] in
                Conversation(client, server: self).run()
                shutdown(client, Int32(SHUT_RDWR))
                close(client)
            }
        }
    }

    private func note(_ line: String) { state.withLock { $0.lines.append(line) } }

    /// One client's connection.
    private struct Conversation {
        private let client: Int32
        private let server: FakeSMTPServer
        private let script: Script
        private var buffer: [UInt8] = []

        init(_ client: Int32, server: FakeSMTPServer) {
            self.client = client
            self.server = server
            script = server.script.withLock { $0 }
        }

        func run() {
            var conversation = self
            conversation.talk()
        }

        private mutating func talk() {
            say(script.greeting)
            while let line = readLine() {
                server.note(line)
                let verb = String(line.prefix { $0 != " " }).uppercased()
                if script.hangsUpAt == verb { return }
                if verb == "QUIT" { return say("221 bye") }
                if verb == "EHLO" {
                    sayHello()
                    continue
                }
                if verb == "AUTH", line.split(separator: " ").count == 2 {
                    say("334 ")
                    guard readLine() != nil else { return }
                }
                let answer =
                    script.answers[line] ?? script.answers[verb] ?? (verb == "DATA" ? "354 go" : "250 2.0.0 ok")
                say(answer)
                guard verb == "DATA", answer.hasPrefix("354") else { continue }
                guard let body = readBody() else { return }
                server.state.withLock { $0.bodies.append(body) }
                if script.hangsUpAt == "BODY" { return }
                say(script.answers["BODY"] ?? "250 2.0.0 queued as ABC123")
                guard script.waitsAfterMail else { continue }
                server.mayClose.wait()
                say("421 4.4.2 idle for too long")
                shutdown(client, Int32(SHUT_RDWR))
                server.hasClosed.signal()
                return
            }
        }

        private func sayHello() {
            if let answer = script.answers["EHLO"] { return say(answer) }
            let lines = ["fake"] + script.extensions
            for line in lines.dropLast() { say("250-\(line)") }
            say("250 \(lines.last ?? "")")
        }

        private func say(_ text: String) {
            let bytes = Array("\(text)\r\n".utf8)
            _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }

        private mutating func readLine() -> String? {
            // CR and LF are one character.
            read(until: "\r\n").map { String($0.dropLast()) }
        }

        private mutating func readBody() -> String? { read(until: "\r\n.\r\n") }

        private mutating func read(until end: String) -> String? {
            let end = Array(end.utf8)
            while true {
                if let range = buffer.firstRange(of: end) {
                    let text = String(decoding: buffer[..<range.upperBound], as: UTF8.self)
                    buffer.removeSubrange(..<range.upperBound)
                    return text
                }
                var chunk = [UInt8](repeating: 0, count: 4096)
                let count = recv(client, &chunk, chunk.count, 0)
                guard count > 0 else { return nil }
                buffer += chunk.prefix(count)
            }
        }
    }
}

import Foundation
import Synchronization

/// An SMTP server on loopback that answers as a script says: what real servers do not do on demand.
package final class FakeSMTPServer: Sendable {
    package struct Script: Sendable {
        /// What stands in the answer to EHLO.
        package var extensions: [String]
        /// Answers to a command, by its first word or, before that, by the whole line; `BODY` is for the message.
        package var answers: [String: String]
        package var greeting: String
        /// After a mail, waits for ``FakeSMTPServer/closeIdleConnection()`` instead of the next.
        package var waitsAfterMail: Bool
        /// Closes without a word where it would answer this command.
        package var hangsUpAt: String?
        /// Says nothing where it would answer this command, until the client goes.
        package var stallsAt: String?
        /// Every further connection is greeted with 421.
        package var maximumConnections: Int
        /// Every further message is taken and never answered.
        package var maximumMessages: Int

        package init(
            extensions: [String] = ["SIZE 10000000", "ENHANCEDSTATUSCODES"], answers: [String: String] = [:],
            greeting: String = "220 fake ESMTP", waitsAfterMail: Bool = false, hangsUpAt: String? = nil,
            stallsAt: String? = nil, maximumConnections: Int = .max, maximumMessages: Int = .max
        ) {
            self.extensions = extensions
            self.answers = answers
            self.greeting = greeting
            self.waitsAfterMail = waitsAfterMail
            self.hangsUpAt = hangsUpAt
            self.stallsAt = stallsAt
            self.maximumConnections = maximumConnections
            self.maximumMessages = maximumMessages
        }
    }

    private struct State {
        var lines: [String] = []
        var bodies: [String] = []
        var connections = 0
        var open = 0
        var mostOpen = 0
    }

    package let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let script: Mutex<Script>
    private let mayClose = DispatchSemaphore(value: 0)
    private let hasClosed = DispatchSemaphore(value: 0)

    package init(_ script: Script = Script()) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = listener
        let isListening = unsafe withUnsafeMutableBytes(of: &address) { bytes -> Bool in
            let pointer = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return unsafe bind(file, pointer, length) == 0 && listen(file, 64) == 0
                && getsockname(file, pointer, &length) == 0
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.script = Mutex(script)
        Thread.detachNewThread { [self] in accept() }
    }

    /// Every command received, over all connections.
    package var lines: [String] { state.withLock { $0.lines } }
    /// Every message received, as it came, with its dots doubled.
    package var bodies: [String] { state.withLock { $0.bodies } }
    package var connections: Int { state.withLock { $0.connections } }
    package var openConnections: Int { state.withLock { $0.open } }
    /// How many connections were open at the same time, those turned away not counted.
    package var mostOpenConnections: Int { state.withLock { $0.mostOpen } }

    package func change(_ change: (inout Script) -> Void) { script.withLock { change(&$0) } }

    /// Says 421 to the client whose mail came last, and closes; the client finds it there when it looks.
    package func closeIdleConnection() {
        mayClose.signal()
        hasClosed.wait()
    }

    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func accept() {
        while true {
            let client = Foundation.accept(listener, nil, nil)
            guard client >= 0 else {
                close(listener)
                return
            }
            let isWelcome = admit()
            Thread.detachNewThread { [self] in
                Conversation(client, server: self).run(isWelcome: isWelcome)
                state.withLock { $0.open -= isWelcome ? 1 : 0 }
                shutdown(client, Int32(SHUT_RDWR))
                close(client)
            }
        }
    }

    private func admit() -> Bool {
        let maximum = script.withLock { $0.maximumConnections }
        return state.withLock { state in
            state.connections += 1
            guard state.open < maximum else { return false }
            state.open += 1
            state.mostOpen = max(state.mostOpen, state.open)
            return true
        }
    }

    private func note(_ line: String) { state.withLock { $0.lines.append(line) } }

    /// One client's connection.
    private struct Conversation {
        private let client: Int32
        private let server: FakeSMTPServer
        private var buffer: [UInt8] = []

        init(_ client: Int32, server: FakeSMTPServer) {
            self.client = client
            self.server = server
        }

        /// As it is now: a connection may be older.
        private var script: Script { server.script.withLock { $0 } }

        func run(isWelcome: Bool) {
            var conversation = self
            guard isWelcome else { return conversation.say("421 4.7.0 too many connections") }
            conversation.talk()
        }

        private mutating func talk() {
            say(script.greeting)
            while let line = readLine() {
                server.note(line)
                let verb = String(line.prefix { $0 != " " }).uppercased()
                guard mayAnswer(verb) else { return }
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
                guard receiveBody() else { return }
            }
        }

        /// False when the conversation is over.
        private mutating func receiveBody() -> Bool {
            guard let body = readBody() else { return false }
            let count = server.state.withLock { state in
                state.bodies.append(body)
                return state.bodies.count
            }
            guard mayAnswer("BODY", isHeld: count > script.maximumMessages) else { return false }
            say(script.answers["BODY"] ?? "250 2.0.0 queued as ABC123")
            guard script.waitsAfterMail else { return true }
            server.mayClose.wait()
            say("421 4.4.2 idle for too long")
            shutdown(client, Int32(SHUT_RDWR))
            server.hasClosed.signal()
            return false
        }

        private mutating func mayAnswer(_ verb: String, isHeld: Bool = false) -> Bool {
            if script.hangsUpAt == verb { return false }
            guard isHeld || script.stallsAt == verb else { return true }
            while readLine() != nil {}
            return false
        }

        private func sayHello() {
            if let answer = script.answers["EHLO"] { return say(answer) }
            let lines = ["fake"] + script.extensions
            for line in lines.dropLast() { say("250-\(line)") }
            say("250 \(lines.last ?? "")")
        }

        private func say(_ text: String) {
            let bytes = Array("\(text)\r\n".utf8)
            _ = unsafe send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
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
                let count = unsafe recv(client, &chunk, chunk.count, 0)
                guard count > 0 else { return nil }
                buffer += chunk.prefix(count)
            }
        }
    }
}

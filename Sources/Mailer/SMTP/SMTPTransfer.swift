import CCurl
import Synchronization

/// What libcurl's callbacks read and write while it carries one mail.
final class SMTPTransfer {
    /// Bytes, size of an item, number of items, and the transfer.
    typealias Callback = @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int
    typealias ProgressCallback =
        @convention(c) (
            UnsafeMutableRawPointer?, curl_off_t, curl_off_t, curl_off_t, curl_off_t
        ) -> Int32

    private let message: [UInt8]
    private let stop: InterruptFlag
    private var sent = 0
    private(set) var dialogue: SMTPDialogue

    init(_ message: [UInt8], dialogue: SMTPDialogue, stop: InterruptFlag) {
        self.message = message
        self.dialogue = dialogue
        self.stop = stop
    }

    /// CURLOPT_READFUNCTION: the next piece of the message.
    static let read: Callback = { buffer, size, count, context in
        guard let buffer = unsafe buffer, let context = unsafe context else { return Int(CURL_READFUNC_ABORT) }
        let transfer = unsafe Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
        return unsafe transfer.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    }

    /// CURLOPT_HEADERFUNCTION: one line from the server; another count than given ends the transfer.
    static let receive: Callback = { buffer, size, count, context in
        guard let buffer = unsafe buffer, let context = unsafe context else { return 0 }
        let transfer = unsafe Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
        let line = unsafe String(decoding: UnsafeRawBufferPointer(start: buffer, count: size * count), as: UTF8.self)
        return transfer.dialogue.receive(line) ? size * count : 0
    }

    /// CURLOPT_XFERINFOFUNCTION, called about once a second: not zero ends the transfer.
    static let progress: ProgressCallback = { context, _, _, _, _ in
        guard let context = unsafe context else { return 1 }
        return unsafe Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue().stop.isRaised ? 1 : 0
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let piece = message[sent..<min(sent + buffer.count, message.count)]
        unsafe buffer.copyBytes(from: piece)
        sent += piece.count
        return piece.count
    }
}

/// Tells a transfer on another thread to give up.
final class InterruptFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isRaised: Bool { flag.load(ordering: .relaxed) }

    func raise() { flag.store(true, ordering: .relaxed) }
}

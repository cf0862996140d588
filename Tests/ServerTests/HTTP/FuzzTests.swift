import TestSupport
import Testing

@testable import Server

/// Thousands of requests with mistakes in them, the same ones in every run.
struct FuzzTests {
    private static let seeds = RawRequest.all.map(\.bytes).filter { $0.count < 2000 }
    private static let alphabet = Array("\r\n\t\0 :/;,=-+09afAF\u{7f}GETHOSTchunked".utf8) + [0x80, 0xFF]

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func junkIsAnsweredOrHungUpOn(seed: UInt64) async throws {
        try await withServerOnSocket { port in
            var random = SplitMix(state: seed)
            for _ in 1...750 {
                let bytes = Self.mutated(&random)
                let connection = try RawConnection(port: port)
                connection.send(bytes)
                connection.finish()
                let (answers, rest) = RawAnswer.all(
                    in: try await connection.readToEnd(), toHead: bytes.starts(with: Array("HEAD".utf8)))
                #expect(rest.isEmpty, "\(bytes)")
                #expect(answers.allSatisfy { $0.status < 500 && $0.header("X-Request-Id") != nil || $0.status == 100 })
                let failures = answers.filter { $0.status >= 400 }
                #expect(failures.allSatisfy { $0.header("Content-Type") == "application/problem+json" }, "\(bytes)")
            }
            let text = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            #expect(try await RawConnection.exchange(text, port: port).hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    /// One or two requests with one to four bytes changed, put in, taken out or doubled, sometimes cut short.
    private static func mutated(_ random: inout SplitMix) -> [UInt8] {
        var bytes = seeds.randomElement(using: &random) ?? []
        if Bool.random(using: &random) { bytes += seeds.randomElement(using: &random) ?? [] }
        for _ in 1...Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let byte = alphabet.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = byte
            case 1: bytes.insert(byte, at: place)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
            default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        }
        if Int.random(in: 0..<8, using: &random) == 0 {
            bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
        }
        return bytes
    }
}

/// A small generator of numbers that are the same for the same seed (Steele, Lea, Flood: "Fast splittable pseudorandom
/// number generators", 2014).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

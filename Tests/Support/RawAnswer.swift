/// An answer as it came over a socket.
package struct RawAnswer: Sendable {
    package let status: Int
    private let headers: [(name: String, value: String)]
    package let body: String

    package func header(_ name: String) -> String? {
        headers.first { $0.name == name.lowercased() }?.value
    }

    /// All answers that are complete, and what is left. The length of each is what its `Content-Length` says; those to
    /// HEAD have none.
    package static func all(in bytes: [UInt8], toHead: Bool = false) -> (answers: [RawAnswer], rest: [UInt8]) {
        var answers: [RawAnswer] = []
        var rest = bytes[...]
        while let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
            let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            guard let first = lines.first, first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3))
            else { break }
            let headers = lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (String(parts[0]).lowercased(), String(parts.last ?? "").withoutLeadingSpaces())
            }
            let length = headers.first { $0.0 == "content-length" }.flatMap { Int($0.1) } ?? 0
            let size = toHead || status < 200 ? 0 : length
            guard rest.endIndex - end.upperBound >= size else { break }
            let body = rest[end.upperBound..<(end.upperBound + size)]
            answers.append(RawAnswer(status: status, headers: headers, body: String(decoding: body, as: UTF8.self)))
            rest = rest[(end.upperBound + size)...]
        }
        return (answers, Array(rest))
    }
}

extension String {
    fileprivate func withoutLeadingSpaces() -> String {
        String(drop(while: { $0 == " " }))
    }
}

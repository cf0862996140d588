/// What Usher is measured against, and what it is measured with, as small as they can be; and parts of Usher alone.
@main
struct Peer {
    private static let usage = """
        peer hello PORT                     a bare server
        peer hash SECONDS                   how many passwords a second this machine can hash
        peer commit WRITERS SECONDS FOLDER  how many durable writes a second the storage does
        peer fill FOLDER USERS SESSIONS     fills the database of a new data folder
        peer age FOLDER COUNT               adds sessions, licences and rows of the audit that are over
        peer sweep FOLDER                   deletes what is over: how many rows, and the seconds that took
        peer tokens FOLDER COUNT            refresh tokens of live sessions, chosen at random

        No server may run on the folder of `fill`.
        """

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let numbers = arguments.dropFirst(2).compactMap { Int($0) }
        switch (arguments.first, arguments.count) {
        case ("hello", 2): try await Hello(port: number(arguments[1])).run()
        case ("hash", 2): print(HashRate(duration: .seconds(try number(arguments[1]))).measure())
        case ("commit", 4):
            let rate = CommitRate(
                folder: arguments[3], writers: try number(arguments[1]), duration: .seconds(try number(arguments[2])))
            print(try await rate.measure())
        case ("fill", 4) where numbers.count == 2:
            try await DataFolder(arguments[1]).use {
                try await Filling(users: numbers[0], sessions: numbers[1]).run($0)
            }
        case ("age", 3) where numbers.count == 1:
            try await DataFolder(arguments[1]).use { try await Ageing(count: numbers[0]).run($0) }
        case ("sweep", 2):
            let swept = try await DataFolder(arguments[1]).use { try await Sweeping().run($0) }
            print(swept.rows, swept.seconds)
        case ("tokens", 3) where numbers.count == 1:
            let tokens = try await DataFolder(arguments[1]).use { try await TokenChoice(count: numbers[0]).make($0) }
            print(tokens.joined(separator: "\n"))
        default: throw Misuse()
        }
    }

    private static func number(_ text: String) throws -> Int {
        guard let number = Int(text) else { throw Misuse() }
        return number
    }

    private struct Misuse: Error, CustomStringConvertible {
        var description: String { usage }
    }
}

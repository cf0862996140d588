/// What Usher is measured against, as small as it can be, and parts of Usher alone.
@main
struct Peer {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, arguments.dropFirst().compactMap { Int($0) }, arguments.last) {
        case ("hello", let numbers, _) where numbers.count == 1: try await Hello(port: numbers[0]).run()
        case ("hash", let numbers, _) where numbers.count == 1:
            print(HashRate(duration: .seconds(numbers[0])).measure())
        case ("commit", let numbers, let folder?) where numbers.count == 2:
            print(
                try await CommitRate(folder: folder, writers: numbers[0], duration: .seconds(numbers[1])).measure())
        default: print("usage: peer hello PORT | peer hash SECONDS | peer commit WRITERS SECONDS FOLDER")
        }
    }
}

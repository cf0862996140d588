/// What Usher is measured against, as small as it can be: `peer hello PORT` and `peer hash SECONDS`.
@main
struct Peer {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, arguments.last.flatMap { Int($0) }) {
        case ("hello", let port?): try await Hello(port: port).run()
        case ("hash", let seconds?): print(HashRate(duration: .seconds(seconds)).measure())
        default: print("usage: peer hello PORT | peer hash SECONDS")
        }
    }
}

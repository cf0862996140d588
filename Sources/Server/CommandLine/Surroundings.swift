import Commands
package import Cryptography
package import Engine
import Glibc
package import Storage

/// What a process finds around it: arguments, environment, clock, randomness, and the plugins it was built with.
package struct Surroundings: Sendable {
    package typealias MakeClock =
        @Sendable (_ floor: Timestamp, _ onJump: @escaping @Sendable (Duration) -> Void) -> Clock

    let plugins: [any CommandPlugin]
    /// Without the program's name.
    let arguments: [String]
    let program: String
    let environment: [String: String]
    let workingDirectory: String
    /// Makes the clock, which starts no earlier than the given time, and tells how far ahead the machine's clock jumps.
    let makeClock: MakeClock
    let random: any RandomSource
    /// What clients may send, and how long they may take.
    let limits: EdgeLimits

    package init(
        plugins: [any CommandPlugin] = [],
        environment: [String: String] = Surroundings.processEnvironment(),
        makeClock: @escaping MakeClock = { floor, onJump in Clock.system(floor: floor, onJump: onJump) },
        random: any RandomSource = SystemRandom(), limits: EdgeLimits = .standard
    ) {
        self.plugins = plugins
        arguments = Array(CommandLine.arguments.dropFirst())
        program = CommandLine.arguments.first ?? "usher"
        self.environment = environment
        workingDirectory = Self.currentDirectory()
        self.makeClock = makeClock
        self.random = random
        self.limits = limits
    }

    /// What the program is called in examples: a server with plugins is somebody else's, under a name of its own.
    var programName: String {
        plugins.isEmpty ? "usher" : program.split(separator: "/").last.map(String.init) ?? program
    }

    /// What describes the commands of the server and of its plugins.
    func documents() throws -> [DescriptorDocument] {
        [try AllCommands.descriptors()] + (try plugins.compactMap { try $0.descriptors })
    }

    private static func currentDirectory() -> String {
        guard let path = unsafe getcwd(nil, 0) else { return "." }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// The variables that this process was started with.
    package static func processEnvironment() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let line = unsafe entry.pointee {
            let text = unsafe String(cString: line)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            unsafe entry += 1
        }
        return variables
    }
}

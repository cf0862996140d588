public import Engine

/// The server and its command line.
public enum Usher {
    /// Runs what the command line asks for, and ends the process.
    ///
    /// - Parameter plugins: Commands of your own, beside those that Usher brings.
    public static func main(adding plugins: [any CommandPlugin] = []) async -> Never {
        await run(in: Surroundings(plugins: plugins))
    }

    /// The same with clock and randomness of the caller's choice, for tests.
    package static func run(in surroundings: Surroundings) async -> Never {
        await CommandLineTool(surroundings).run()
    }
}

import CLibFuzzer

/// Feeds one target: `fuzz --target=json CORPUS… [options of libFuzzer]`.
@main
enum Fuzz {
    static let targets: [String: @Sendable ([UInt8]) -> Void] = [
        "cookie": CookieTarget.run, "form": FormTarget.run, "format": FormatTarget.run, "json": JSONTarget.run,
        "pattern": PatternTarget.run, "schema": SchemaTarget.run, "token": TokenTarget.run,
        "validator": ValidatorTarget.run,
    ]

    /// libFuzzer leaves out flags that begin with two dashes, and hands them on to the processes that it starts.
    static let target = targets.first { CommandLine.arguments.contains("--target=\($0.key)") }?.value

    static func main() {
        guard target != nil else { fatalError("Which of \(targets.keys.sorted())? Give one as --target=NAME.") }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        _ = LLVMFuzzerRunDriver(&count, &arguments) { input, size in
            Fuzz.target?(Array(UnsafeBufferPointer(start: input, count: size)))
            return 0
        }
    }
}

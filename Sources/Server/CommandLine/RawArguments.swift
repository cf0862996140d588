/// The arguments as the system hands them over.
enum RawArguments {
    /// The place, from 1, of the first that is not UTF-8; Swift would read U+FFFD in its place.
    static var firstMisencoded: Int? {
        (1..<max(Int(CommandLine.argc), 1)).first { place in
            guard let argument = unsafe CommandLine.unsafeArgv[place] else { return false }
            return unsafe String(validatingCString: argument) == nil
        }
    }
}

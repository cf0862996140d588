import ArgumentParser

/// `usher completion`: prints what a shell needs to complete actions and their fields.
struct CompletionVerb: Verb {
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: "Print the completions for bash, zsh or fish.",
        discussion: """
            source <(usher completion bash)
            usher completion fish > ~/.config/fish/completions/usher.fish
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run(in surroundings: Surroundings) async throws {
        let script = script()
        // The names of functions have that of the program in them.
        let name = surroundings.programName
        let isPlain = name.utf8.allSatisfy { $0.isLetterOrDigit || "-_".utf8.contains($0) }
        print(isPlain ? script.replacing("usher", with: name) : script)
    }

    private func script() -> String {
        switch shell {
        case .bash: return UsherCommand.completionScript(for: .bash) + "\n\n" + Self.bash
        case .zsh:
            // The end of the script may call the function at once.
            let script = UsherCommand.completionScript(for: .zsh)
            let end = script.firstRange(of: "\nif [[ \"${funcstack")?.lowerBound ?? script.endIndex
            return script[..<end] + "\n" + Self.zsh + "\n" + script[end...]
        case .fish:
            // The script knows the program by its name alone; fish asks it for `./usher` too.
            let tokens = "    set -l unparsed_tokens (__usher_tokens -pc)\n"
            let named = tokens + "    set unparsed_tokens[1] (string replace -r '.*/' '' -- $unparsed_tokens[1])\n"
            return UsherCommand.completionScript(for: .fish).replacing(tokens, with: named)
        }
    }

    /// No space after `seats=`, where the value comes; as a file's name the `=` would get a backslash.
    private static let bash = """
        _usher_with_fields() {
            _usher "$@"
            [[ ${COMPREPLY[0]-} != *= ]] || compopt +o filenames -o nospace 2> /dev/null
        }

        complete -o filenames -F _usher_with_fields usher
        """

    /// The same, in the place of the function that offers what the program says.
    private static let zsh = """
        __usher_custom_complete() {
            local -a completions
            completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
            completions=("${(@)completions[1,-2]}")
            compadd -S '' -- "${(@M)completions:#*=}"
            compadd -- "${(@)completions:#*=}"
        }
        """
}

import Foundation
import JSON
import TestSupport
import Testing

/// Actions at a terminal: their fields as pairs, their pages, and what a shell completes.
struct ActionScenarios {
    @Test func thePairsOfARunAreItsInput() async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        let made = try await lab.verb([
            "run", "create-user", "email=ann@example.com", "name=123", "license.productId=pro", "license.seats=3",
            "license.validUntil=2030-01-01", "notify=false",
        ])
        #expect(made.status == 0, "\(made.errors)")
        let user = try JSONValue(parsing: Array(made.output.utf8))
        try OutputSchemas.check(user, of: "create-user")
        #expect(user["name"] == "123")
        #expect(user["license"]?["seats"] == 3)

        let listed = try await lab.verb(["run", "list-users", "limit=1"])
        #expect(try JSONValue(parsing: Array(listed.output.utf8))["items"]?.arrayValue?.count == 1, "\(listed.errors)")
    }

    @Test func aWrongPairChangesNothing() async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        let refused = try await lab.verb(["run", "create-user", "email=ann@example.com", "licence.seats=3", "nam=Ann"])
        #expect(refused.status == 1)
        #expect(refused.output.isEmpty)
        for hint in ["Did you mean `license.seats`?", "Did you mean `name`?"] { #expect(refused.errors.contains(hint)) }
        let wrong = try await lab.verb([
            "run", "create-user", "email=ann@example.com", "name=Ann", "license.seats=0", "license.validUntil=never",
        ])
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("`license.seats`"), "\(wrong.errors)")
        let unknown = try await lab.verb(["run", "create-usr", "email=ann@example.com"])
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("Did you mean `create-user`?"), "\(unknown.errors)")
        let found = try await lab.verb(["run", "get-user", "email=ann@example.com"])
        #expect(found.errors.contains("ann@example.com") && found.status == 1)
    }

    @Test(arguments: [
        (["email"], "`email` is no field=value"), (["=1"], "`=1` is no field=value"), ([#"{"userId":1}"#], "--payload"),
        (["email=a@example.com", "--payload", "{}"], "not both"),
    ])
    func wrongUsageOfPairsEndsWith64(arguments: [String], words: String) async throws {
        let lab = try await Lab.idle()
        let finished = try await lab.bare(["run", "get-user"] + arguments)
        #expect(finished.status == 64)
        #expect(finished.errors.contains(words), "\(finished.errors)")
    }

    @Test func whatIsNotUTF8IsNotGuessed() async throws {
        let lab = try await Lab.idle()
        let finished = try await bash(#""$PROGRAM" run create-user email=a@example.com name=$'J\xfcrgen'"#, in: lab)
        #expect(finished.status == 64)
        #expect(finished.errors.contains("The argument 4 is not UTF-8."), "\(finished.errors)")
    }

    @Test func aPasswordComesFromTheInput() async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        let changed = try await lab.verb(
            ["run", "update-user", "email=mara@example.com", "password=-"], input: "walnut-harbour-52\n")
        #expect(changed.status == 0, "\(changed.errors)")
        let login: JSONValue = ["email": "mara@example.com", "password": "walnut-harbour-52"]
        #expect(try await lab.http.post("/api/auth/login", .json(login)).status == 200)
        let nothing = try await lab.verb(["run", "update-user", "email=mara@example.com", "password=-"], input: "")
        #expect(nothing.status == 1)
        #expect(nothing.errors.contains("reads a line of standard input"), "\(nothing.errors)")
    }

    /// As somebody does who looks an action up and pastes what is shown.
    @Test func theExamplesOfAPageWorkWhenTheyArePasted() async throws {
        let lab = try await Lab.start()
        _ = try await lab.shop()
        let page = try await lab.bare(["commands", "create-user"])
        #expect(page.status == 0, "\(page.errors)")
        let calls = page.output.split(separator: "\n").filter { $0.hasPrefix("  usher run ") }
        #expect(calls.count == 3)
        let script = (["set -e", "usher() { \"$PROGRAM\" \"$@\" --data \"$DATA\"; }"] + calls.map(String.init))
            .joined(separator: "\n")
        let finished = try await bash(script, in: lab)
        #expect(finished.status == 0, "\(finished.errors)")
        let answers = try finished.output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(answers.map { $0["name"] } == ["Anna Berger", "Ben Okafor", "Eva Huber"])
        #expect(answers.first?["license"]?["externalRef"] == "order-1042")
    }

    @Test func aPageHonoursTheOverlay() async throws {
        let lab = try await Lab.idle(settings: ["USHER_COMMANDS": "overlay.json"])
        let overlay = """
            {"version": 1, "commands": {"create-license": {"aliases": ["give-license"],
              "input": {"properties": {"seats": {"maximum": 5}}}}, "delete-user": {"disabled": true}}}
            """
        try Data(overlay.utf8).write(to: lab.folder.appending(path: "overlay.json"))
        let page = try await lab.bare(["commands", "give-license"])
        #expect(page.output.hasPrefix("create-license: "), "\(page.errors)")
        #expect(page.output.contains(#""maximum":5"#))
        let off = try await lab.bare(["commands", "delete-user"])
        #expect(off.output.contains("switches it off"))
        let refused = try await lab.bare(["run", "delete-user", "--payload", "{}"])
        #expect(refused.status == 1 && refused.errors.contains("(USHER_COMMANDS) switches `delete-user` off"))
        let elsewhere = try await lab.bare(["run", "login", "email=a@example.com"])
        #expect(elsewhere.status == 1 && elsewhere.errors.contains("`login` has a route of its own"))
        let unknown = try await lab.bare(["commands", "giv-license"])
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("Did you mean `give-license`?"))
        let completed = try await complete("usher run gi", in: lab)
        #expect(completed == ["give-license"])
    }

    @Test func bashCompletesActionsAndTheirFields() async throws {
        let lab = try await Lab.idle()
        #expect(try await complete("usher run create-", in: lab) == ["create-license", "create-user"])
        #expect(try await complete("usher run create-license se", in: lab) == ["seats="])
        #expect(
            try await complete("usher run create-user email=a@example.com license.v", in: lab) == [
                "license.validUntil="
            ])
        #expect(try await complete("usher run create-user role = MA", in: lab) == ["MANAGER"])
        #expect(try await complete("usher run login", in: lab) == [], "it has a route of its own")
        #expect(try await complete("usher commands logi", in: lab) == ["login"])
        #expect(try await complete("usher create-webhook shop --action get", in: lab) == ["get-user"])
    }

    @Test(arguments: ["zsh", "fish"])
    func otherShellsHaveTheirCompletionsToo(shell: String) async throws {
        let lab = try await Lab.idle()
        let script = try await lab.bare(["completion", shell])
        #expect(script.status == 0)
        #expect(script.output.contains("usher"))
        // Of `./usher`, fish asks these for `usher`.
        #expect(shell != "fish" || script.output.contains("(string replace -r '.*/' '' -- $unparsed_tokens[1])"))
        let asked = try await lab.bare(
            ["---completion", "run", "--", "positional@1", "3", "6", "usher", "run", "create-user", "role=M"],
            environment: ["SAP_SHELL": shell])
        #expect(asked.output.contains("role=MANAGER"), "\(asked.errors)")
        #expect(try await lab.bare(["completion", "csh"]).status == 64)
    }

    /// What bash would offer for the last word of a line; bash takes `a=b` for the words `a`, `=` and `b`.
    private func complete(_ line: String, in lab: Lab) async throws -> [String] {
        let script = """
            PATH="$PWD:$PATH"
            ln -sf "$PROGRAM" usher
            source <(usher completion bash)
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$1"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            $(complete -p usher | sed 's/.*-F \\([^ ]*\\) .*/\\1/') usher "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let finished = try await bash(script, line, in: lab)
        #expect(finished.status == 0, "\(finished.errors)")
        return finished.output.split(separator: "\n").map(String.init).sorted()
    }

    private func bash(_ script: String, _ arguments: String..., in lab: Lab) async throws -> Finished {
        var environment = lab.environment
        environment["PATH"] = "/usr/bin:/bin"
        environment["PROGRAM"] = lab.program.path()
        environment["DATA"] = lab.data.path()
        return try await Subprocess(
            URL(filePath: "/bin/bash"), ["-c", script, "bash"] + arguments, environment: environment, folder: lab.folder
        ).wait()
    }
}

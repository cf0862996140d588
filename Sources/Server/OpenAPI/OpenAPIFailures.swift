import Engine
import HTTPTypes
import JSON

/// With which failures an operation can answer, and how it says them.
struct OpenAPIFailures {
    /// What a page says in words for people; what the edge refuses before it comes to a page is for programs all the same.
    enum Words {
        case problems, pages
    }

    let codes: Set<CommandFailure.Code>
    var words = Words.problems
    /// Whether a plugin's command may bring codes of its own.
    var isOpen = false
    /// Whether an answer of 401 clears the cookie.
    var clearsCookie = false

    /// Those of every route: by the rules of HTTP, and when something is wrong here.
    static func edge(takesAnyHost: Bool) -> Set<CommandFailure.Code> {
        let always: Set<CommandFailure.Code> = [
            .malformedRequest, .requestTimeout, .payloadTooLarge, .uriTooLong, .headersTooLarge, .methodNotAllowed,
            .internal, .unavailable,
        ]
        return takesAnyHost ? always : always.union([.misdirectedRequest])
    }

    /// The answers by status; those that several operations share become components.
    func answers(_ components: inout OpenAPIComponents) -> JSONObject {
        var answers = JSONObject()
        let known = ProblemStatus.codes.filter(codes.contains)
        for (status, codes) in Dictionary(grouping: known, by: { ProblemStatus.status(of: $0).code }).sorted(
            by: { $0.key < $1.key })
        {
            answers[String(status)] = answer(status, codes, &components)
        }
        return answers
    }

    private func answer(
        _ status: Int, _ codes: [CommandFailure.Code], _ components: inout OpenAPIComponents
    ) -> JSONValue {
        let atEdge = Self.edge(takesAnyHost: false)
        let forPrograms = words == .problems ? codes : codes.filter(atEdge.contains)
        // A fault of ours may come to light on either side of the page.
        let forPeople =
            words == .pages
            ? codes.filter { !atEdge.contains($0) || $0 == .internal || $0 == .unavailable }
            : []
        let isOpen = isOpen && status == ProblemStatus.status(of: .invalidInput).code
        var response = OpenAPIProblem.response(status, forPrograms, isOpen: isOpen)
        var name = codes.map(Self.words).joined(separator: "Or") + (isOpen ? "OrOther" : "")
        if !forPeople.isEmpty {
            var content = response["content"]?.objectValue ?? [:]
            content[MediaTypes.html] = OpenAPIPage.content
            response["content"] = .object(content)
            name += "OnPage"
        }
        if clearsCookie, status == ProblemStatus.status(of: .invalidToken).code {
            var headers = response["headers"]?.objectValue ?? [:]
            headers["Set-Cookie"] = OpenAPIHeader.clearedCookie
            response["headers"] = .object(headers)
            name += "ClearingCookie"
        }
        return components.add(response: .object(response), named: name)
    }

    /// `INVALID_JSON` as `InvalidJson`.
    private static func words(_ code: CommandFailure.Code) -> String {
        code.rawValue.split(separator: "_").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined()
    }
}

import Engine
import HTTPTypes
import JSON

/// A failure as `application/problem+json` (RFC 9457).
struct Problem {
    static let contentType = "application/problem+json"

    let failure: CommandFailure
    let requestID: String

    var status: HTTPResponse.Status { ProblemStatus.status(of: failure.code) }

    var json: JSONValue {
        var members: JSONObject = [
            "type": "about:blank", "title": .string(status.reasonPhrase),
            "status": .number(JSONNumber(Int64(status.code))), "code": .string(failure.code.rawValue),
            "detail": .string(failure.detail), "requestId": .string(requestID),
        ]
        if !failure.fields.isEmpty {
            members["errors"] = .array(
                failure.fields.map {
                    ["pointer": .string($0.pointer), "keyword": .string($0.keyword), "message": .string($0.message)]
                })
        }
        // The older name of `detail`, for clients of the system that this one replaced.
        members["error"] = .string(failure.detail)
        for (name, value) in failure.members.sorted(by: { $0.key < $1.key }) where members[name] == nil {
            members[name] = value
        }
        return .object(members)
    }

    var response: Response {
        var response = Response.json(json, status: status)
        response.headers[.contentType] = Self.contentType
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        response.headers[.retryAfter] = failure.retryAfterSeconds
        return response
    }
}

extension CommandFailure {
    /// For `Retry-After`: rounded up and at least 1, for who comes back earlier would be refused again.
    var retryAfterSeconds: String? {
        retryAfter.map { String(max(1, $0.components.seconds + ($0.components.attoseconds > 0 ? 1 : 0))) }
    }
}

import Engine
import HTTPTypes
import JSON

extension Exchange {
    /// The body as JSON. Where the route takes forms too, what begins with `{` is JSON whatever its type says.
    ///
    /// - Throws: ``CommandFailure`` `UNSUPPORTED_MEDIA_TYPE`, `INVALID_JSON`, or `INVALID_INPUT` for a wrong form.
    func payload() throws(CommandFailure) -> JSONValue {
        switch mediaType {
        case MediaTypes.json, nil:
            return try parsedBody()
        case _ where takesForms && beginsLikeAnObject:
            return try parsedBody()
        case MediaTypes.form where takesForms:
            return .object(try FormDecoder.object(body))
        default:
            let also = takesForms ? " or `Content-Type: \(MediaTypes.form)`" : ""
            throw CommandFailure(
                .unsupportedMediaType,
                "This route does not take that type. Send `Content-Type: \(MediaTypes.json)`\(also).")
        }
    }

    /// The body as JSON; an empty one, of whatever type, is an empty object.
    func payloadOrNothing() throws(CommandFailure) -> JSONValue {
        body.isEmpty ? [:] : try payload()
    }

    /// The query as an object of texts, so that unknown names are refused as they are in a body.
    func queryPayload() throws(CommandFailure) -> JSONObject {
        try FormDecoder.object(Array(query.utf8))
    }

    /// The type without its parameters, in lower case; nil when none is given.
    private var mediaType: String? {
        let given = headers[.contentType] ?? ""
        if given == MediaTypes.json { return given }
        let type = given.prefix { $0 != ";" }.trimmed().lowercased()
        return type.isEmpty ? nil : type
    }

    private var beginsLikeAnObject: Bool {
        body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
    }

    private func parsedBody() throws(CommandFailure) -> JSONValue {
        if body.isEmpty {
            throw CommandFailure(.invalidJSON, "The body is empty, at line 1, column 1. Send a JSON object in it.")
        }
        do {
            return try JSONValue(parsing: body)
        } catch {
            throw CommandFailure(.invalidJSON, "The body is not JSON: \(error.message)")
        }
    }
}

/// The types of bodies.
enum MediaTypes {
    static let json = "application/json"
    static let html = "text/html"
    static let form = "application/x-www-form-urlencoded"
}

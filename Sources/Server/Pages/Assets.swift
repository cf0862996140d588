import HTTPTypes
import Resources

/// What pages load: a stylesheet, a script and the list of common passwords, all from here.
struct Assets: Sendable {
    private static let files = [
        (path: "/assets/usher.css", name: "pages/usher.css", type: "text/css; charset=utf-8"),
        (path: "/assets/usher.js", name: "pages/usher.js", type: "text/javascript; charset=utf-8"),
        // Asked for when somebody begins to choose a password, so that it can be checked while it is typed.
        (path: "/assets/common-passwords.txt", name: "common-passwords.txt", type: "text/plain; charset=utf-8"),
    ]

    let routes: [Route]

    init() throws {
        routes = try Self.files.map { file in
            guard let bytes = Resources.bytes(named: file.name) else {
                throw PageTemplates.MissingPage(name: file.name)
            }
            return .get(file.path) { _ in
                var response = Response.bytes(bytes, type: file.type)
                response.headers[.cacheControl] = "public, max-age=3600"
                return response
            }
        }
    }
}

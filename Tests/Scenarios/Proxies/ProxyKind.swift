import Foundation

/// A reverse proxy that `deploy/` has a configuration for.
enum ProxyKind: String, CaseIterable, Sendable {
    case nginx, haproxy, caddy

    /// The name that the configurations are written for.
    static let host = "auth.example.com"
    static let publicURL = "https://\(host)"

    /// The file in `deploy/`.
    var file: String {
        switch self {
        case .nginx: "nginx.conf"
        case .haproxy: "haproxy.cfg"
        case .caddy: "Caddyfile"
        }
    }

    /// Where the program is; nil, and a line that says what is left out, when no test may use it.
    func program(for purpose: String) -> URL? {
        let variable = "USHER_TEST_\(rawValue.uppercased())"
        if let path = ProcessInfo.processInfo.environment[variable] { return URL(filePath: path) }
        print("Left out: \(purpose) behind \(rawValue) (\(variable) is not set).")
        return nil
    }

    /// What a test has to write in place of the ports, paths and accounts of a real machine.
    ///
    /// Each text must be in the file; a configuration that was changed so that one is not would be tested as it is not.
    func replacements(_ place: ProxyPlace) -> [(String, String)] {
        let usher = ("127.0.0.1:8080", "127.0.0.1:\(place.usher)")
        let files = place.folder.path()
        switch self {
        case .nginx:
            return [
                usher,
                ("listen 80;", "listen 127.0.0.1:\(place.http);"),
                ("listen 443 ssl http2;", "listen 127.0.0.1:\(place.https) ssl http2;"),
                ("listen [::]:80;", ""), ("listen [::]:443 ssl http2;", ""),
                ("/etc/letsencrypt/live/auth.example.com/fullchain.pem", "\(files)/site.pem"),
                ("/etc/letsencrypt/live/auth.example.com/privkey.pem", "\(files)/site.key"),
                ("/var/log/nginx/", "\(files)/"),
            ]
        case .haproxy:
            let isRoot = geteuid() == 0
            return [
                usher,
                ("bind :80\n", "bind 127.0.0.1:\(place.http)\n"), ("bind :443 ", "bind 127.0.0.1:\(place.https) "),
                ("/etc/haproxy/auth.example.com.pem", "\(files)/both.pem"),
                ("/dev/log local0", "stdout format raw local0"),
                ("    user haproxy\n", isRoot ? "    user nobody\n" : ""),
                ("    group haproxy\n", isRoot ? "    group nogroup\n" : ""),
            ]
        case .caddy:
            let certificate = "\ttls \(files)/site.pem \(files)/site.key\n"
            return [
                usher,
                ("\n{\n", "\n{\n\tadmin off\n\thttp_port \(place.http)\n\thttps_port \(place.https)\n"),
                ("\nauth.example.com {\n", "\nauth.example.com {\n\tbind 127.0.0.1\n\(certificate)"),
                ("\nhttp://auth.example.com {\n", "\nhttp://auth.example.com {\n\tbind 127.0.0.1\n"),
            ]
        }
    }

    /// The file to start with, for one that is included in another.
    func frame(of configuration: URL, _ place: ProxyPlace) -> String? {
        guard self == .nginx else { return nil }
        let files = place.folder.path()
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(files)/\($0);\n" }
        return """
            \(geteuid() == 0 ? "user nobody nogroup;" : "")
            daemon off;
            pid \(files)/nginx.pid;
            error_log \(files)/nginx-error.log;
            events {}
            http {
                # As Debian has it; the site must not rely on it.
                gzip on;
                access_log \(files)/all.log;
                \(temporary.joined())
                include \(configuration.path());
            }
            """
    }

    /// How it is started, in front and not in the background.
    func arguments(_ configuration: String, _ folder: String) -> [String] {
        switch self {
        case .nginx: ["-p", folder, "-c", configuration]
        case .haproxy: ["-db", "-f", configuration]
        case .caddy: ["run", "--adapter", "caddyfile", "--config", configuration]
        }
    }

    /// How it is asked whether the configuration is right.
    func checking(_ configuration: String, _ folder: String) -> [String] {
        switch self {
        case .nginx: ["-t", "-p", folder, "-c", configuration]
        case .haproxy: ["-c", "-f", configuration]
        case .caddy: ["validate", "--adapter", "caddyfile", "--config", configuration]
        }
    }
}

/// What is where on the machine of a test.
struct ProxyPlace: Sendable {
    let folder: URL
    /// Ports.
    let usher: Int
    let http: Int
    let https: Int
}

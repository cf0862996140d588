import Foundation

/// Prometheus' own checker, where the machine has it.
enum Promtool {
    static var path: URL? {
        ["/usr/bin/promtool", "/usr/local/bin/promtool"].first(where: FileManager.default.isExecutableFile)
            .map { URL(filePath: $0) }
    }
}

internal import CResources

/// The files that are in the binary: one program, and no folder beside it.
package enum Resources {
    /// The names, such as `commands.json` and `pages/usher.css`.
    package static let names = unsafe all.map { unsafe String(cString: $0.name) }

    /// The bytes of a file; nil if there is none with that name.
    package static func bytes(named name: String) -> [UInt8]? {
        guard let place = names.firstIndex(of: name) else { return nil }
        let resource = unsafe usher_resource_at(place)
        return unsafe Array(UnsafeBufferPointer(start: resource.bytes, count: resource.size))
    }

    /// A file as text; nil if there is none with that name, or if it is not UTF-8.
    package static func text(named name: String) -> String? {
        bytes(named: name).flatMap { String(validating: $0, as: UTF8.self) }
    }

    private static var all: [usher_resource] {
        unsafe (0..<usher_resource_count()).map { unsafe usher_resource_at($0) }
    }
}

// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// libFuzzer sees which branches an input takes, AddressSanitizer where it reads and writes. The build is optimised, for
/// fuzzing lives of speed; overflows and bounds are checked all the same. The targets look into what is not public.
let watched: [SwiftSetting] = strict + [.unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"])]

/// The sources are links to Usher's. Of its larger targets there are only the files that read what comes from outside: the
/// whole server takes ten minutes to build.
let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: [])],
    targets: [
        .systemLibrary(name: "CLibFuzzer"),
        .systemLibrary(name: "COpenSSL"),
        .target(name: "JSON", swiftSettings: watched),
        .target(name: "JSONSchema", dependencies: ["JSON"], swiftSettings: watched),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], exclude: ["Passwords"], swiftSettings: watched),
        .target(name: "Engine", dependencies: ["JSON"], swiftSettings: watched),
        .target(name: "Commands", dependencies: ["Cryptography", "JSON"], swiftSettings: watched),
        .target(
            name: "Server",
            dependencies: ["Cryptography", "Engine", "JSON", .product(name: "HTTPTypes", package: "swift-http-types")],
            swiftSettings: watched),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CLibFuzzer", "Commands", "Cryptography", "Engine", "JSON", "JSONSchema", "Server",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Sources/Fuzz", swiftSettings: watched,
            linkerSettings: [.unsafeFlags(["-sanitize=address", "-use-ld=lld"])]),
    ]
)

// swift-tools-version: 6.2
import PackageDescription

/// The strictest settings the compiler has, for every target; see the loop at the end.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// Targets that call C: every risky line says `unsafe`.
let callsC: [SwiftSetting] = [.strictMemorySafety()]

let package = Package(
    name: "usher",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "usher", targets: ["usher"]),
        // What a package of somebody else's needs to add a command (Engine) and to serve it (Server).
        .library(name: "Engine", targets: ["Engine", "Storage", "JSON"]),
        .library(name: "Server", targets: ["Server"]),
        // JSON and JSON Schema alone, which need nothing else.
        .library(name: "JSON", targets: ["JSON"]),
        .library(name: "JSONSchema", targets: ["JSONSchema", "JSON"]),
    ],
    traits: [
        .trait(name: "Argon2", description: "Argon2id by libargon2 for passwords; without it scrypt by OpenSSL."),
        .trait(name: "PostgreSQL", description: "PostgreSQL by libpq, for several machines; without it SQLite alone."),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C: module maps and `static inline` shims only.
        .systemLibrary(name: "CArgon2", providers: [.apt(["libargon2-dev"])]),
        .target(name: "CClock"),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgres", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .target(name: "CSQLite"),
        .target(name: "CResources", exclude: ["pages", "mail", "common-passwords.txt", "NOTICE"]),

        // Rounding is in libm, and nothing else links it for a program that needs these two alone.
        .target(name: "JSON", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
        .target(name: "JSONSchema", dependencies: ["JSON"]),
        .target(
            name: "Storage",
            dependencies: [
                .target(name: "CPostgres", condition: .when(traits: ["PostgreSQL"])),
                "CSQLite", "JSON", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: callsC
        ),
        .target(
            name: "Cryptography",
            dependencies: [
                "COpenSSL", .target(name: "CArgon2", condition: .when(traits: ["Argon2"])),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: callsC
        ),
        .target(name: "Resources", dependencies: ["CResources"], swiftSettings: callsC),
        .target(
            name: "Engine",
            dependencies: [
                "JSON", "JSONSchema", "Resources", "Storage", .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]
        ),
        .target(name: "Prometheus", dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")]),
        .target(
            name: "Mailer",
            dependencies: [
                "CCurl", "Cryptography", "JSON", "Storage",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: callsC
        ),
        .target(
            name: "Commands",
            dependencies: [
                "Cryptography", "Engine", "JSON", "JSONSchema", "Mailer", "Resources", "Storage",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]
        ),
        .target(
            name: "Server",
            dependencies: [
                "CClock", "CCurl", "Commands", "Cryptography", "Engine", "JSON", "JSONSchema", "Mailer", "Prometheus",
                "Resources",
                "Storage",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "usher", dependencies: ["Server"], path: "Sources/Usher",
            linkerSettings: [
                // Swift's tables of types need 120,000 relocations. Packed (glibc 2.36, linker of the toolchain), they are
                // 24 KB to read at the start instead of 2.9 MB. And nothing looks up the 29,000 names of functions that
                // the static standard library would have it export. Both stayed in memory: 5 MB.
                .unsafeFlags(
                    [
                        "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
                        "-Xlinker", "--exclude-libs=ALL", "-Xlinker", "--no-export-dynamic",
                    ],
                    .when(platforms: [.linux], configuration: .release))
            ]),

        // What script/bench measures against and with.
        .executableTarget(
            name: "peer",
            dependencies: [
                "Commands", "Cryptography", "Mailer", "Storage", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/Peer"),
        .executableTarget(
            name: "schema-benchmark", dependencies: ["JSON", "JSONSchema"], path: "Benchmarks/Schema"),

        .target(name: "CSpawn", path: "Tests/CSpawn"),
        .target(
            name: "TestSupport",
            dependencies: [
                .target(name: "CPostgres", condition: .when(traits: ["PostgreSQL"])),
                "CSpawn", "Storage", .product(name: "Metrics", package: "swift-metrics"),
            ],
            path: "Tests/Support", swiftSettings: callsC),
        // The program of docs/json-schema.md, which links nothing else, as a stranger's does.
        .executableTarget(name: "schema-alone", dependencies: ["JSON", "JSONSchema"], path: "Tests/SchemaAlone"),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "JSONSchemaTests", dependencies: ["JSON", "JSONSchema"]),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "JSON", "Storage", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ]),
        .testTarget(
            name: "CryptographyTests",
            dependencies: [
                "Cryptography", .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ]),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "Engine", "JSON", "JSONSchema", "Storage", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ]),
        .testTarget(
            name: "MailerTests",
            dependencies: [
                "Cryptography", "JSON", "Mailer", "Storage", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "PrometheusTests",
            dependencies: [
                "Prometheus", "TestSupport", .product(name: "CoreMetrics", package: "swift-metrics"),
            ]),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Commands", "Cryptography", "Engine", "JSON", "Mailer", "Storage", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Commands", "Cryptography", "Engine", "JSON", "JSONSchema", "Mailer", "Prometheus", "Resources",
                "Server",
                "Storage", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        .executableTarget(
            name: "mail-benchmark",
            dependencies: [
                "Commands", "Cryptography", "JSON", "Mailer", "Storage", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/MailBenchmark"),

        // Whole stories from outside, against the server with a clock that a test moves.
        .executableTarget(
            name: "Lab", dependencies: ["Cryptography", "Server", "Storage", "TestSupport"], path: "Tests/Lab"),
        .testTarget(
            name: "Scenarios", dependencies: ["CCurl", "JSON", "JSONSchema", "Lab", "peer", "Storage", "TestSupport"],
            path: "Tests/Scenarios",
            swiftSettings: callsC),
    ],
    // The files in the binary come by C23's #embed.
    cLanguageStandard: .c2x
)

let targetsInC = ["CClock", "CResources", "CSQLite", "CSpawn"]
for target in package.targets where target.type != .system && !targetsInC.contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
}

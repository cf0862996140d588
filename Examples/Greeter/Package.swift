// swift-tools-version: 6.2
import PackageDescription

// A server of your own: Usher with a command added, without touching Usher.
let package = Package(
    name: "greeter",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "greeter", targets: ["GreeterServer"])],
    dependencies: [.package(name: "usher", path: "../..")],
    targets: [
        .target(name: "Greeter", dependencies: [.product(name: "Engine", package: "usher")]),
        .executableTarget(
            name: "GreeterServer", dependencies: ["Greeter", .product(name: "Server", package: "usher")]),
        .testTarget(name: "GreeterTests", dependencies: ["Greeter"]),
    ]
)

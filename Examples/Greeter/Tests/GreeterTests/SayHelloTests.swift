import Engine
import JSON
import Testing

@testable import Greeter

@Test func theDescriptorFitsTheCommand() throws {
    let nothing = try DescriptorDocument(parsing: Array(#"{"version":1,"commands":{}}"#.utf8), name: "none")
    let registry = try Registry(plugins: [GreeterPlugin()], shipped: nothing)
    #expect(registry.descriptors.map(\.action) == ["say-hello"])
}

import Storage
import Testing

@Suite struct PostgresAddressTests {
    @Test(arguments: [
        ("postgres://usher:secret@db:5432/usher", "postgres://usher:[redacted]@db:5432/usher"),
        ("postgresql://usher:s:e:c@db/usher", "postgresql://usher:[redacted]@db/usher"),
        (
            "postgres://usher@db/usher?password=secret&sslmode=require",
            "postgres://usher@db/usher?password=[redacted]&sslmode=require"
        ),
        ("postgres://db/usher?sslpassword=secret", "postgres://db/usher?sslpassword=[redacted]"),
        (
            "postgres://a:secret@one:1,two:2/usher?target_session_attrs=any",
            "postgres://a:[redacted]@one:1,two:2/usher?target_session_attrs=any"
        ),
        ("postgres:///usher?host=/run/postgresql", "postgres:///usher?host=/run/postgresql"),
    ])
    func anAddressPrintsWithoutItsPassword(text: String, printed: String) throws {
        let address = try PostgresAddress(parsing: text)
        #expect(address.description == printed)
        #expect(String(reflecting: address) == printed)
        #expect(!"\([address])".contains("secret"))
    }

    @Test func thePoolerIsToldOfInTheAddressAndNotToTheServer() throws {
        let address = try PostgresAddress(parsing: "postgres://db/usher?pgbouncer=transaction&sslmode=disable")
        #expect(address.isPooledByTransaction)
        #expect(address.description == "postgres://db/usher?sslmode=disable")
        #expect(!(try PostgresAddress(parsing: "postgres://db/usher").isPooledByTransaction))
    }

    @Test(arguments: ["mysql://db/usher", "db/usher", "postgres://u:secret@db/usher?pgbouncer=session"])
    func whatIsNoAddressIsRefusedWithoutQuotingIt(text: String) {
        #expect { try PostgresAddress(parsing: text) } throws: { error in
            error is StorageError && !"\(error)".contains("secret")
        }
    }
}

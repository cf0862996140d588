import Testing

@testable import Server

struct HiddenPasswordsTests {
    @Test(arguments: [
        ("postgres://usher:secret@db/usher", "postgres://usher:******@db/usher"),
        ("--to=postgresql://usher:secret@db:1,e:2/usher?x=1", "--to=postgresql://usher:******@db:1,e:2/usher?x=1"),
        ("postgres://usher:se@c/r?t@db/usher", "postgres://usher:********@db/usher"),
        ("postgres:///usher?host=/run&password=secret&x=1", "postgres:///usher?host=/run&password=******&x=1"),
        ("postgres://db/usher?sslpassword=secret", "postgres://db/usher?sslpassword=******"),
        ("sqlite:/srv/usher.db", "sqlite:/srv/usher.db"), ("http://localhost:8080/a@b", "http://localhost:******@b"),
        ("postgres://usher@db/usher", "postgres://usher@db/usher"), ("", ""),
        ("password=secret=1", "password=********"), ("user.newPassword=a://b", "user.newPassword=*****"),
        ("name=password=x", "name=password=x"), ("password", "password"), ("password=", "password="),
    ])
    func onlyPasswordsAreHidden(argument: String, shown: String) {
        var bytes = Array("usher\0copy\0\(argument)\0".utf8)
        for range in HiddenPasswords.passwords(in: bytes) {
            for place in range { bytes[place] = UInt8(ascii: "*") }
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "usher\0copy\0\(shown)\0")
    }
}

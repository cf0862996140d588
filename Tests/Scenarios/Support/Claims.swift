import Foundation
import JSON
import Testing

/// The claims of an access token, unchecked: its signature is the business of other tests.
func claims(of token: String) throws -> JSONValue {
    try decodedPart(1, of: token)
}

/// The header of an access token, unchecked.
func header(of token: String) throws -> JSONValue {
    try decodedPart(0, of: token)
}

private func decodedPart(_ index: Int, of token: String) throws -> JSONValue {
    let parts = token.split(separator: ".")
    try #require(parts.count == 3)
    var text = parts[index].replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    return try JSONValue(parsing: Array(try #require(Data(base64Encoded: text))))
}

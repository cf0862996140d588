/// Text made harmless in HTML, between tags and in quoted attributes.
///
/// swift-mustache 2.1 escapes character by character: a quote followed by a combining mark is another character, stays as
/// it is, and ends an attribute. Here it goes by Unicode scalar.
package func htmlEscaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "<": escaped += "&lt;".unicodeScalars
        case ">": escaped += "&gt;".unicodeScalars
        case "&": escaped += "&amp;".unicodeScalars
        case "\"": escaped += "&quot;".unicodeScalars
        case "'": escaped += "&#39;".unicodeScalars
        default: escaped.append(scalar)
        }
    }
    return String(escaped)
}

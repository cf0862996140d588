/// A format that texts can have (Validation section 7.3).
struct Format: Sendable {
    /// What the text must be, for sentences.
    let phrase: String
    let accepts: @Sendable (String) -> Bool

    static let all: [String: Format] = [
        "date-time": Format(phrase: "a time such as 2027-01-31T09:30:00Z", accepts: TimeFormats.isDateTime),
        "date": Format(phrase: "a date such as 2027-01-31", accepts: TimeFormats.isDate),
        "time": Format(phrase: "a time of day such as 09:30:00Z", accepts: TimeFormats.isTime),
        "duration": Format(phrase: "a duration such as P1DT12H", accepts: Duration8601.isDuration),
        "email": Format(phrase: "an email address such as name@example.com") { EmailFormat.isEmail($0) },
        "idn-email": Format(phrase: "an email address such as name@example.com") {
            EmailFormat.isEmail($0, isInternational: true)
        },
        "hostname": Format(phrase: "a host name such as www.example.com", accepts: HostFormats.isHostname),
        "idn-hostname": Format(
            phrase: "a host name such as www.example.com", accepts: HostFormats.isInternationalHostname),
        "ipv4": Format(phrase: "an IPv4 address such as 192.0.2.1", accepts: HostFormats.isIPv4),
        "ipv6": Format(phrase: "an IPv6 address such as 2001:db8::1", accepts: HostFormats.isIPv6),
        "uri": Format(phrase: "a URI such as https://example.com/path") { URIFormat.isURI($0) },
        "uri-reference": Format(phrase: "a URI or a relative reference such as /path") {
            URIFormat.isURI($0, allowsRelative: true)
        },
        "iri": Format(phrase: "a URI such as https://example.com/path") { URIFormat.isURI($0, isInternational: true) },
        "iri-reference": Format(phrase: "a URI or a relative reference such as /path") {
            URIFormat.isURI($0, allowsRelative: true, isInternational: true)
        },
        "uri-template": Format(phrase: "a URI template such as /users/{id}", accepts: URITemplate.isTemplate),
        "uuid": Format(phrase: "a UUID such as 2eb8aa08-aa98-11ea-b4aa-73b441d16380", accepts: MiscFormats.isUUID),
        "regex": Format(phrase: "a regular expression (ECMA-262)", accepts: RegularExpression.isWellFormed),
        "json-pointer": Format(phrase: "a JSON Pointer such as /a/0", accepts: MiscFormats.isPointer),
        "relative-json-pointer": Format(
            phrase: "a relative JSON Pointer such as 1/a", accepts: MiscFormats.isRelativePointer),
    ]
}

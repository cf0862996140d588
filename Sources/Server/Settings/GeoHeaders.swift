package import HTTPTypes

/// The headers in which a trusted proxy says where a request comes from; nil is one that is not read.
package struct GeoHeaders: Sendable, Equatable {
    package let country: HTTPField.Name?
    package let city: HTTPField.Name?
    package let region: HTTPField.Name?

    private init(_ names: [HTTPField.Name?]) {
        country = names.first ?? nil
        city = names.dropFirst().first ?? nil
        region = names.dropFirst(2).first ?? nil
    }

    /// `X-Geo-Country`, `X-Geo-City`, `X-Geo-Region`.
    package static let standard = GeoHeaders(
        ["X-Geo-Country", "X-Geo-City", "X-Geo-Region"].map { HTTPField.Name($0) })

    /// Reads the names for country, city and region, in this order: `CF-IPCountry, CF-IPCity, CF-Region`.
    ///
    /// The last ones may be missing, and one between commas may be empty.
    init(parsing text: String) throws(WrongValue) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0.trimmed()) }
        guard parts.count <= 3 else {
            throw WrongValue("names more than three headers. Write those for country, city and region, in this order.")
        }
        let names = parts.map { HTTPField.Name($0) }
        for (part, name) in zip(parts, names) where !part.isEmpty && name == nil {
            throw WrongValue("has \(part.inQuotes), which is not the name of a header. Write it like CF-IPCountry.")
        }
        self.init(names)
    }
}

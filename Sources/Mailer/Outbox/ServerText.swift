/// What a server said, fit to be stored and logged.
enum ServerText {
    /// The text without what it repeats from the mail: filters quote the link that they dislike, token and all.
    static func safe(_ text: String, mail: RenderedTexts) -> String {
        let words = text.split(separator: " ").map { word in
            let core = word.drop { "<([\"'".contains($0) }.reversed().drop { ">)]\"'.,;:!".contains($0) }.reversed()
            let piece = String(core)
            let isQuoted = piece.utf8.count >= 16 && (mail.text.contains(piece) || mail.html.contains(piece))
            return isQuoted ? "[from the mail]" : String(word)
        }
        return words.joined(separator: " ")
    }
}

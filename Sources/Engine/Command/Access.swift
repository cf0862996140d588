/// Who may call a command; a command lists every kind of caller that it accepts.
///
/// The command line belongs to whoever owns the data folder, and may call everything that is exposed to it.
public struct Access: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Everyone, known or not.
    public static let anyone = Access(rawValue: 1)
    /// A user with a live session.
    public static let user = Access(rawValue: 2)
    /// A user with a live session who administers this server.
    public static let admin = Access(rawValue: 4)
    /// A webhook token whose rights include the action.
    public static let webhook = Access(rawValue: 8)
}

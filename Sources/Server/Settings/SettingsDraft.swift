/// Settings as far as they are right, and everything that is wrong with them.
struct SettingsDraft {
    /// Where a value is wrong, the default. Nil when there is not even that.
    let settings: Settings?
    let problems: [String]
    /// The settings with wrong values; what hangs on them says nothing.
    let wrong: Set<Setting>
}

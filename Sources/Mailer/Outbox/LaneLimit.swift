import Storage

/// How many lanes may send at once: by how much waits, and by what the server bears.
struct LaneLimit {
    /// How many mails may wait for each lane before there is another.
    static let mailsPerLane = 8
    /// For how long a server that turned a connection away is asked for no more than it bore.
    private static let caution = Duration.minutes(10)

    let maximum: Int
    private var lowered: (count: Int, until: Timestamp)?

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// The most lanes now.
    func current(at now: Timestamp) -> Int {
        lowered.flatMap { now < $0.until ? $0.count : nil } ?? maximum
    }

    /// One lane when little waits, all when the queue is long.
    func wanted(waiting: Int, at now: Timestamp) -> Int {
        let useful = (waiting + Self.mailsPerLane - 1) / Self.mailsPerLane
        return min(useful, current(at: now))
    }

    /// A server took no further connection while `running` lanes were there.
    mutating func lower(running: Int, at now: Timestamp) {
        lowered = (max(1, min(current(at: now), running) - 1), now + Self.caution)
    }
}

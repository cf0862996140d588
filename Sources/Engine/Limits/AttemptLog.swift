import Storage

/// The times of the attempts under one key that windows still look at.
struct AttemptLog {
    /// Those that count, oldest first.
    private(set) var counted: [Timestamp] = []
    /// Those that run, and count as long as they do.
    private(set) var running: [Timestamp] = []

    var isEmpty: Bool { counted.isEmpty && running.isEmpty }

    enum Room: Equatable {
        case free
        /// There is none until attempts have ended.
        case open
        case full(Duration)
    }

    /// Whether there is room for one more at `now`; if not, after which time there is.
    func room(in windows: [RateLimit.Window], at now: Timestamp) -> Room {
        var wait: Duration?
        var isOpen = false
        for window in windows {
            let recent = counted.count - firstIndex(after: now - window.period)
            if recent >= window.count {
                // Enough of the oldest must have left the window that one place is free.
                let leaving = window.count > 0 ? counted[counted.count - window.count] : now
                wait = max(wait ?? .zero, leaving + window.period - now)
            } else if recent + running.count >= window.count {
                isOpen = true
            }
        }
        return wait.map(Room.full) ?? (isOpen ? .open : .free)
    }

    mutating func count(at time: Timestamp) {
        counted.insert(time, at: firstIndex(after: time))
    }

    /// Takes back one that was counted at `time`.
    mutating func uncount(at time: Timestamp) {
        if let index = counted.lastIndex(of: time) { counted.remove(at: index) }
    }

    mutating func begin(at time: Timestamp) { running.append(time) }

    mutating func end(at time: Timestamp) {
        if let index = running.firstIndex(of: time) { running.remove(at: index) }
    }

    /// Drops what no window looks at any more.
    mutating func forget(before windows: [RateLimit.Window], at now: Timestamp) {
        let longest = windows.map(\.period).max() ?? .zero
        counted.removeFirst(firstIndex(after: now - longest))
    }

    /// An attempt is in a window as long as less than its period has passed.
    private func firstIndex(after time: Timestamp) -> Int {
        var (low, high) = (0, counted.count)
        while low < high {
            let middle = (low + high) / 2
            if counted[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

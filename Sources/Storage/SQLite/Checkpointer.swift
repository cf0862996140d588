import GRDB
import GRDBSQLite
import Synchronization

/// Moves what the write-ahead log holds into the database file, on a connection and a thread of its own, so that no
/// commit waits for it, and keeps the log from growing without end.
///
/// A passive checkpoint copies beside the running writer. Under steady load it never quite catches up, and the log is
/// begun again only when all of it has been copied; so a long log is finished between two batches of the writer,
/// when little is left to copy.
final class Checkpointer: Sendable {
    private struct State {
        /// Pages in the log after the latest commit.
        var pages = 0
        var nextCheckpoint = Checkpointer.pagesOfCheckpoint
        var isRunning = false
        var latestGrowth: ContinuousClock.Instant?
    }

    /// 8 MB
    private static let pagesOfCheckpoint = 2000
    /// 32 MB
    private static let pagesOfLongLog = 8000
    /// How long a batch may wait for readers of a long log to leave it. When they do not, the next time will do.
    private static let patience: Int32 = 100

    private let connection: DatabaseQueue
    private let writer: DatabaseQueue
    private let trust: DiskTrust
    private let state = Mutex(State())

    init(connection: DatabaseQueue, writer: DatabaseQueue, trust: DiskTrust) {
        self.connection = connection
        self.writer = writer
        self.trust = trust
    }

    /// Whether a commit has reached the disk within the last second.
    var hasLogJustGrown: Bool {
        state.withLock { state in state.latestGrowth.map { ContinuousClock.now - $0 < .seconds(1) } ?? false }
    }

    /// Has SQLite tell of every commit of the writer; this takes the place of its checkpoints inside commits.
    ///
    /// The writer keeps a plain pointer: whoever commits must keep this object.
    func watchWriter() {
        let pointer = unsafe Unmanaged.passUnretained(self).toOpaque()
        let address = Int(bitPattern: pointer)
        writer.writeWithoutTransaction { database in
            _ = unsafe sqlite3_wal_hook(
                database.sqliteConnection,
                { pointer, _, _, pages in
                    guard let pointer = unsafe pointer else { return SQLITE_OK }
                    unsafe Unmanaged<Checkpointer>.fromOpaque(pointer).takeUnretainedValue().logGrew(to: Int(pages))
                    return SQLITE_OK
                }, UnsafeMutableRawPointer(bitPattern: address))
        }
    }

    /// Waits for a checkpoint that runs and closes the connection.
    func close() throws {
        try connection.close()
    }

    private func logGrew(to pages: Int) {
        let mustRun = state.withLock { state in
            // Fewer pages than before: SQLite has begun the log again.
            if pages < state.pages { state.nextCheckpoint = Self.pagesOfCheckpoint }
            state.pages = pages
            state.latestGrowth = .now
            guard pages >= state.nextCheckpoint, !state.isRunning else { return false }
            state.isRunning = true
            return true
        }
        if mustRun { checkpoint() }
    }

    private func checkpoint() {
        connection.asyncWriteWithoutTransaction { [self] database in
            let pages = checkpoint(SQLITE_CHECKPOINT_PASSIVE, on: database)
            guard pages >= Self.pagesOfLongLog else { return finish(logPages: pages) }
            writer.asyncWriteWithoutTransaction { [self] database in
                unsafe sqlite3_busy_timeout(database.sqliteConnection, Self.patience)
                let pages = checkpoint(SQLITE_CHECKPOINT_RESTART, on: database)
                unsafe sqlite3_busy_timeout(database.sqliteConnection, SQLiteSettings.busyMilliseconds)
                finish(logPages: pages)
            }
        }
    }

    /// Runs a checkpoint; the number of pages in the log.
    ///
    /// What fails here (a full disk) is tried again when the log has grown on, and fails the writes too. But after a sync
    /// that failed another try would skip what an earlier one had copied and this sync has lost.
    private func checkpoint(_ mode: Int32, on database: GRDB.Database) -> Int {
        let (code, pages) = database.checkpoint(mode)
        if code == SQLITE_IOERR_FSYNC {
            trust.lose(.syncFailed("the database could not be synced after a checkpoint (SQLite \(code))"))
        }
        return pages
    }

    private func finish(logPages: Int) {
        state.withLock { state in
            state.nextCheckpoint = logPages + Self.pagesOfCheckpoint
            state.isRunning = false
        }
    }
}

/// The code of a sync that failed; a macro that Swift does not import.
let SQLITE_IOERR_FSYNC = SQLITE_IOERR | 4 << 8

extension GRDB.Database {
    /// Runs a checkpoint; SQLite's extended code for it, and the number of pages in the log.
    fileprivate func checkpoint(_ mode: Int32) -> (code: Int32, pages: Int) {
        var (pages, copied): (Int32, Int32) = (0, 0)
        let code = unsafe sqlite3_wal_checkpoint_v2(sqliteConnection, nil, mode, &pages, &copied)
        return (code, Int(max(pages, 0)))
    }

    /// Copies the log into the database.
    ///
    /// - Throws: ``StorageError/unavailable(_:)``
    func settleLog() throws(StorageError) {
        let code = checkpoint(SQLITE_CHECKPOINT_PASSIVE).code
        guard code == SQLITE_OK else {
            throw StorageError.unavailable("the log cannot be copied into the database (SQLite \(code))")
        }
    }
}

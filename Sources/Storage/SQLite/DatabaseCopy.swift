import GRDB

/// Copies a database, page by page, as it was at one moment.
package enum DatabaseCopy {
    package enum Source {
        /// A database that a server and verbs may be writing to.
        case database(path: String)
        /// A file that nobody writes to.
        case backup(path: String)
    }

    /// 1 MiB
    private static let pagesPerStep: CInt = 256

    /// Fills the empty file at `target`. What was answered before the call is in it.
    ///
    /// SQLite's online backup begins again whenever another process has written, and so does not end under load. Inside
    /// a read transaction nothing makes it begin again: the pages that it sees stay as they are, and writers go on in
    /// the write-ahead log, which only grows meanwhile. VACUUM INTO is one moment too, but writes every row and index
    /// anew, and cannot say how far it is.
    ///
    /// - Parameters:
    ///   - source: What is copied.
    ///   - target: Where to.
    ///   - progress: Told how many pages are done, and of how many.
    /// - Throws: ``StorageError``
    package static func make(
        of source: Source, at target: String, progress: @escaping (Int, Int) -> Void
    ) throws(StorageError) {
        let (path, connection) = try open(source)
        do {
            let copy = try DatabaseQueue(path: target, configuration: SQLiteSettings.copy)
            try connection.writeWithoutTransaction { source in
                try source.snapshot { tx in
                    // BEGIN alone reads nothing yet: the first statement takes the snapshot.
                    _ = try tx.row("SELECT COUNT(*) AS tables FROM sqlite_schema")
                    try copy.writeWithoutTransaction { copy in
                        try source.backup(to: copy, pagesPerStep: pagesPerStep) { state in
                            progress(state.completedPageCount, state.totalPageCount)
                        }
                    }
                }
            }
            try copy.close()
            try connection.close()
        } catch let error as DatabaseError where [ResultCode.SQLITE_FULL, .SQLITE_CANTOPEN].contains(error.resultCode) {
            throw DatabaseFile(path: target).failure(to: error)
        } catch {
            throw DatabaseFile(path: path).failure(to: error)
        }
    }

    private static func open(_ source: Source) throws(StorageError) -> (path: String, connection: DatabaseQueue) {
        switch source {
        case .database(let path):
            try DatabaseFile(path: path).prepare(creating: false)
            return (path, try open(path, named: path, SQLiteSettings.writer))
        case .backup(let path):
            return (path, try open(path, named: DatabaseLook.immutable(path), SQLiteSettings.look))
        }
    }

    private static func open(_ path: String, named name: String, _ configuration: Configuration)
        throws(StorageError) -> DatabaseQueue
    {
        do {
            return try DatabaseQueue(path: name, configuration: configuration)
        } catch {
            throw DatabaseFile(path: path).failure(to: error)
        }
    }
}

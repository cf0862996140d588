#pragma once

// sqlite3.h is not included here: it is in GRDB's module already, and Swift would see each of its functions twice.

/// Has the connection (a `sqlite3 *`) leave the write-ahead log as it is when it is the last to be closed, instead of
/// copying it into the database and removing it. `sqlite3_db_config` is variadic, and cannot be called from Swift.
///
/// Returns 0, or an error code of SQLite.
int usher_sqlite_keep_log_at_close(void *connection);

#include "CSQLite.h"

#include <sqlite3.h>

int usher_sqlite_keep_log_at_close(void *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

"""What a row takes on PostgreSQL, with its indexes, from tables that were filled; and the sums for more of them."""

from harness import Usher, say
from postgres import database, psql, server

# Rows for each user.
LICENSES, SESSIONS, AUDITED = 1, 5, 6
# What docs/operation.md plans with.
PLANNED_USERS = 10_000_000

# n counts up; times are milliseconds. Texts are as long as real ones.
FILL = {
    "users": """
        INSERT INTO users (id, email, email_key, name, role, status, password_hash, created_at, updated_at)
        OVERRIDING SYSTEM VALUE
        SELECT 1000 + n, 'user-' || n || '@example.com', 'user-' || n || '@example.com', 'User ' || n, 'OWNER', 'ACTIVE',
            '$argon2id$v=19$m=19456,t=2,p=1$' || left(md5(n::text), 22) || '$' || left(md5(n::text) || md5('x' || n), 43),
            1700000000000 + n, 1700000000000 + n
        FROM generate_series(%d::bigint, %d) AS n""",
    "licenses": """
        INSERT INTO licenses (id, user_id, product_id, seats, valid_until, external_ref, created_at, updated_at)
        OVERRIDING SYSTEM VALUE
        SELECT 1000 + n, 1000 + n, 'studio', 5, 1900000000000 + n, 'order-' || n, 1700000000000 + n, 1700000000000 + n
        FROM generate_series(%d::bigint, %d) AS n""",
    "sessions": """
        INSERT INTO sessions (user_id, device_id, user_agent, host, country, city, license_id, seat_no,
            seat_until, seated_at, nonce, generation, previous_generation, rotated_at, created_at, updated_at,
            last_used_at, expires_at)
        SELECT 1000 + n, 'device-' || n || '-' || seat, 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
            '192.0.2.' || n %% 256, 'DE', 'Berlin', 1000 + n, seat, 1800000000000 + n, 1700000000000 + n,
            decode(md5(n || '-' || seat), 'hex'), seat, seat - 1, 1700000000000 + n, 1700000000000 + n, 1700000000000 + n,
            1700000000000 + n, 1800000000000 + n
        FROM generate_series(%d::bigint, %d) AS n, generate_series(1, 5) AS seat""",
    "audit": """
        INSERT INTO audit (at, action, outcome, caller_kind, request_id, client_address, user_agent, changes)
        SELECT 1700000000000 + n, 'login', 'done', 'anonymous', left(md5(n || '-' || turn), 16), '192.0.2.1',
            'Studio/1.0', '[{"kind":"session","id":' || n || ',"from":null,"to":{"userId":' || n
            || ',"productId":null,"deviceId":"device-' || n || '"}},{"kind":"session","id":' || n
            || ',"from":{"licenseId":null},"to":{"licenseId":' || n || '}}]'
        FROM generate_series(%d::bigint, %d) AS n, generate_series(1, 6) AS turn""",
}


def measure_size(folder, options, table):
    """Fills the tables, and adds up what PostgreSQL says that they take."""
    users, step = options.users, 100_000
    with server() as address:
        ours = database(address, "usher")
        with Usher(folder, {"USHER_DATABASE_URL": ours}):
            pass
        for name, sql in FILL.items():
            for first in range(1, users + 1, step):
                last = min(first + step - 1, users)
                psql(ours, sql % (first, last))
                say(f"{name}: {last:,} of {users:,} users'")
        # One rotation for each session, as the next ten minutes bring: rows that move leave room behind.
        say("each session is refreshed once")
        psql(ours, "UPDATE sessions SET generation = generation + 1, updated_at = updated_at + 600000")
        for name in FILL:
            psql(ours, f"VACUUM ANALYZE {name}")
        total = 0.0
        for name in FILL:
            rows, heap, indexes = map(int, psql(
                ours, f"SELECT count(*), pg_table_size('{name}'), pg_indexes_size('{name}') FROM {name}").split("|"))
            table.add(f"PostgreSQL: a row of {name}", (heap + indexes) / rows, "bytes", None,
                      f"{heap / rows:.0f} and {indexes / rows:.0f} in indexes, of {rows:,} rows")
            total += (heap + indexes) / users
        table.add(f"the sum for {PLANNED_USERS:,} users and {SESSIONS * PLANNED_USERS:,} sessions",
                  total * PLANNED_USERS / 1e9, "GB", None, f"planned, from {users:,} users")

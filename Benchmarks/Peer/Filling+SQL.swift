// $1 and $2 are the first and the last number, $3 is now, $4 is how many there are in all. Times are in milliseconds:
// 86,400,000 are a day.
extension Filling {
    /// $5 is the hash of everybody's password.
    static let users = """
        WITH RECURSIVE \(numbers)
        INSERT INTO users (id, email, email_key, name, role, status, password_hash, created_at, updated_at)
        SELECT n, 'user-' || n || '@example.com', 'user-' || n || '@example.com', 'User ' || n, 'MANAGER', 'ACTIVE', $5,
            $3 - 365 * 86400000 * ($4 - n + 1) / $4, $3 - 365 * 86400000 * ($4 - n + 1) / $4
        FROM numbers
        """

    /// $5 is how many seats each has.
    static let licenses = """
        WITH RECURSIVE \(numbers)
        INSERT INTO licenses (id, user_id, product_id, seats, valid_until, external_ref, pruned_at, created_at, updated_at)
        SELECT n, n, 'studio', $5,
            CASE WHEN n % 10 = 0 THEN $3 - 86400000 * (2 + n % 300) ELSE $3 + 86400000 * (30 + n % 700) END,
            'order-' || n, CASE WHEN n % 10 = 0 THEN $3 - 86400000 END,
            $3 - 365 * 86400000 * ($4 - n + 1) / $4, $3 - 365 * 86400000 * ($4 - n + 1) / $4
        FROM numbers
        """

    /// $5 is how many users there are. Every run of as many sessions has one of each user: the factor is prime.
    static let sessions = """
        WITH RECURSIVE \(numbers),
        owned (n, user, made, used, generation) AS MATERIALIZED (
            SELECT n, 1 + (n * 618033989) % $5, $3 - 60000 - 170 * 86400000 * ($4 - n + 1) / $4,
                $3 - 60000 - abs(random()) % (86400000 * ($4 - n + 1) / $4), 1 + n % 1000
            FROM numbers)
        INSERT INTO sessions (id, user_id, device_id, user_agent, host, country, city, license_id, seat_no, seat_until,
            seated_at, limited_reason, nonce, generation, previous_generation, rotated_at, created_at, updated_at,
            last_used_at, expires_at)
        SELECT n, user, 'device-' || n, 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
            '192.0.2.' || n % 256, 'DE', 'Berlin',
            CASE WHEN user % 10 <> 0 THEN user END, CASE WHEN user % 10 <> 0 THEN 1 + (n - 1) / $5 END,
            CASE WHEN user % 10 <> 0 THEN min(used + 30 * 86400000, made + 180 * 86400000) END,
            CASE WHEN user % 10 <> 0 THEN made END, CASE WHEN user % 10 = 0 THEN 'license-ended' END,
            randomblob(16), generation, generation - 1, used, made, used, used, made + 180 * 86400000
        FROM owned
        """

    /// $5 is how many rows there are for each user. The first ten million ids are left free: see ``Ageing``.
    static let audit = """
        WITH RECURSIVE \(numbers)
        INSERT INTO audit (id, at, action, outcome, caller_kind, caller_id, caller_user_id, request_id, client_address,
            user_agent, changes)
        SELECT 10000000 + n, $3 - 365 * 86400000 * ($4 - n + 1) / $4,
            CASE WHEN n % $5 = 0 THEN 'create-user' ELSE 'login' END, 'done',
            CASE WHEN n % $5 = 0 THEN 'webhook' ELSE 'anonymous' END, CASE WHEN n % $5 = 0 THEN 1 END,
            CASE WHEN n % $5 = 0 THEN 1 END, lower(hex(randomblob(10))), '192.0.2.1', 'Studio/1.0',
            '[{"kind":"session","id":' || n || ',"from":null,"to":{"userId":' || n || ',"productId":null,"deviceId":"device-'
            || n || '"}},{"kind":"session","id":' || n || ',"from":{"licenseId":null},"to":{"licenseId":' || n || '}}]'
        FROM numbers
        """
}

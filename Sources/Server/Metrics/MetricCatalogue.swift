package import Prometheus

/// Every metric of the server with the sentence that Prometheus shows of it. `docs/monitoring.md` says what to do with them.
package enum MetricCatalogue {
    package static let all = http + commands + passwords + database + mail + sessions + process

    private static let http: [MetricDescription] = [
        .counter(
            "usher_http_requests_total", "Requests answered, by route, method (HEAD counts as GET) and class of status."
        ),
        .histogram(
            "usher_http_request_duration_seconds", "Time from a whole request to its answer.",
            buckets: MetricDescription.latencies),
        .counter("usher_http_responses_total", "Answers by status code, over all routes."),
        .counter("usher_rate_limit_refusals_total", "Calls refused because a limit was reached, by limit."),
    ]

    private static let commands: [MetricDescription] = [
        .counter("usher_commands_total", "Commands run, by action and code: OK, or that of the failure."),
        .histogram(
            "usher_command_duration_seconds", "Time of a command with its hashing and its commit.",
            buckets: MetricDescription.latencies),
    ]

    private static let passwords: [MetricDescription] = [
        .gauge("usher_password_hashes_waiting", "Passwords that wait for a thread."),
        .gauge("usher_password_hashes_running", "Passwords that are being hashed."),
        .counter("usher_password_hashes_refused_total", "Passwords refused because too many waited."),
        .histogram(
            "usher_password_hash_duration_seconds", "Time of hashing one password, without its wait.",
            buckets: [0.005, 0.01, 0.02, 0.03, 0.04, 0.06, 0.1, 0.2, 0.5, 1, 2.5]),
    ]

    private static let database: [MetricDescription] = [
        .gauge("usher_database_writes_waiting", "Writes that wait for the next commit."),
        .gauge("usher_database_reads_waiting", "Reads that wait for a connection."),
        .counter("usher_database_refused_total", "Reads and writes refused because too many waited, by kind."),
        .histogram(
            "usher_database_batch_writes", "Writes that shared one commit.",
            buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256]),
        .histogram(
            "usher_database_commit_duration_seconds", "Time of a commit, which is mostly the disk's.",
            buckets: [0.0001, 0.00025] + MetricDescription.latencies),
        .counter("usher_database_failed_batches_total", "Batches of writes that were undone as a whole."),
        .counter("usher_rows_swept_total", "Rows deleted because of their age, by table."),
    ]

    private static let mail: [MetricDescription] = [
        .gauge("usher_outbox_mails_waiting", "Mails in the outbox that are neither sent nor given up."),
        .gauge("usher_outbox_oldest_mail_age_seconds", "Age of the mail that waits longest; 0 when none waits."),
        .gauge("usher_mail_paused", "1 while no mail is sent because the mail server does not work, else 0."),
        .counter("usher_mails_total", "Attempts to send a mail, by what came of them."),
    ]

    private static let sessions: [MetricDescription] = [
        .counter("usher_seats_taken_total", "Seats taken, at a login or at a refresh."),
        .counter("usher_seats_denied_total", "Logins and refreshes that wanted a seat and got none, by reason."),
        .counter("usher_sessions_ended_total", "Sessions ended, by reason; reuse is a stolen refresh token."),
    ]

    private static let process: [MetricDescription] = [
        .gauge("usher_build_info", "1, with the version as a label."),
        .gauge("usher_uptime_seconds", "Time since the server's start."),
        .gauge(Exposition.probeSuccess, "1 if the values of a probe could be read for this scrape, else 0."),
        .gauge("process_resident_memory_bytes", "Memory of the process that is in RAM."),
        .gauge("process_virtual_memory_bytes", "Address space of the process."),
        .counter("process_cpu_seconds_total", "Time of all cores that the process has used."),
        .gauge("process_open_fds", "Files and connections that are open."),
        .gauge("process_max_fds", "How many files and connections may be open."),
        .gauge("process_start_time_seconds", "When the process began, in seconds since 1970."),
    ]
}

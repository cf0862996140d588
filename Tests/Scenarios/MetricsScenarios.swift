import JSON
import TestSupport
import Testing

/// What an operator's Prometheus reads after a day in a shop.
struct MetricsScenarios {
    let lab: Lab
    let shop: Shop

    init() async throws {
        lab = try await Lab.start()
        shop = try await lab.shop()
    }

    private func scrape() async throws -> ParsedMetrics {
        let response = try await lab.http.get("/metrics")
        #expect(response.status == 200)
        #expect(response.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
        return try ParsedMetrics(parsing: response.text)
    }

    @Test func theCountsAreWhatWasDone() async throws {
        let ann = try await shop.customer("ann", seats: 1)
        let laptop = try await ann.session(on: "Laptop/1")
        let phone = try await ann.session(on: "Phone/1")
        #expect(phone.limitedReason == "no-free-seat")
        _ = try await ann.session(on: "Tablet/1", ["limited": true])
        #expect(try await lab.refreshed(phone).limited)
        var stranger = ann
        stranger.password = "not the password 11"
        #expect(try await stranger.logIn().code == "INVALID_CREDENTIALS")
        let next = try await lab.refreshed(laptop)
        try await lab.advance(by: .seconds(11))
        #expect(try await lab.refresh(laptop.refreshToken, on: "Thief/1").code == "SESSION_REVOKED")
        #expect(try await lab.refresh(next.refreshToken, on: "Laptop/1").code == "SESSION_REVOKED")
        _ = try await shop.call("no-such-action")
        let metrics = try await eventually("the mails to have left") { () -> ParsedMetrics? in
            let metrics = try await scrape()
            return metrics.value("usher_outbox_mails_waiting") == 0 ? metrics : nil
        }

        func commands(_ action: String, _ code: String) -> Double? {
            metrics.value("usher_commands_total", ["action": action, "code": code])
        }
        #expect(commands("login", "OK") == 3)
        #expect(commands("login", "INVALID_CREDENTIALS") == 1)
        #expect(commands("login", "UNAVAILABLE") == 0)
        #expect(commands("refresh-token", "OK") == 2)
        #expect(commands("refresh-token", "SESSION_REVOKED") == 2)
        #expect(commands("create-user", "OK") == 1)
        #expect(commands("unknown", "ACTION_NOT_FOUND") == 1)
        #expect(metrics.value("usher_command_duration_seconds_count", ["action": "login"]) == 4)

        #expect(metrics.value("usher_seats_taken_total", ["at": "login"]) == 1)
        #expect(metrics.value("usher_seats_denied_total", ["reason": "no-free-seat"]) == 2, "a login, a refresh")
        #expect(metrics.value("usher_seats_denied_total") == 2, "who asks to be limited was not denied")
        #expect(metrics.value("usher_sessions_ended_total", ["reason": "reuse"]) == 1)

        let login = ["route": "/api/auth/login", "method": "POST"]
        #expect(metrics.value("usher_http_requests_total", login.merging(["status": "2xx"]) { $1 }) == 3)
        #expect(metrics.value("usher_http_requests_total", login.merging(["status": "4xx"]) { $1 }) == 1)
        #expect(metrics.value("usher_http_responses_total", ["code": "404"]) == 1)

        // Four logins and one new password, each hashed once.
        #expect(metrics.value("usher_password_hash_duration_seconds_count") == 5)
        #expect(metrics.value("usher_password_hashes_running") == 0)
        let commits = try #require(metrics.value("usher_database_commit_duration_seconds_count"))
        #expect(commits > 10 && commits == metrics.value("usher_database_batch_writes_count"))
        // Two invitations, a new password, a reuse.
        #expect(metrics.value("usher_mails_total", ["outcome": "sent"]) == 4)
        #expect(metrics.value("usher_mail_paused") == 0)
    }

    @Test func theProcessAndEveryProbeAreThere() async throws {
        let metrics = try await scrape()
        for probe in ["process", "hashing", "database", "outbox"] {
            #expect(metrics.value("usher_probe_success", ["probe": probe]) == 1, "\(probe)")
        }
        #expect(try #require(metrics.value("process_resident_memory_bytes")) > 5_000_000)
        #expect(try #require(metrics.value("process_open_fds")) > 5)
        #expect(metrics.value("usher_build_info") == 1)
        #expect(metrics.value("usher_rate_limit_refusals_total") == nil)
    }

    @Test func aProxyOnThisMachineDoesNotMakeThemPublic() async throws {
        let response = try await lab.http.get("/metrics", headers: ["X-Forwarded-For": "198.51.100.1"])
        #expect(response.status == 403)
        #expect(response.detail.contains("USHER_METRICS_FROM"))
    }

    @Test(.enabled(if: Promtool.path != nil, "there is no promtool; Debian has it in the package prometheus"))
    func promtoolFindsNothingToSay() async throws {
        let promtool = try #require(Promtool.path)
        let text = try await lab.http.get("/metrics").text
        let finished = try await Subprocess(
            promtool, ["check", "metrics"], environment: [:], folder: lab.folder, input: text
        ).wait()
        #expect(finished.status == 0, "\(finished.output) \(finished.errors)")
    }
}

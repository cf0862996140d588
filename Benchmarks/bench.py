"""Measures Usher in ratios: against peers and limits, in the same run, in alternating rounds.

Machines differ and are noisy; a ratio of two medians that were measured turn by turn is worth more than a rate.
Called by script/bench, which builds and installs what this needs. Only the standard library.
"""

import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import commit

ROOT = pathlib.Path(__file__).resolve().parent.parent
WRK = ROOT / "Benchmarks" / "wrk"
CORES = os.cpu_count() or 1
PASSWORD = "correct horse battery"


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def call(port, path, payload, token=None):
    """POSTs JSON; the answer, which must be 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection.request("POST", path, json.dumps(payload), headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {body.decode()}")
    return json.loads(body)


def wait_for(port, path="/healthz", seconds=30):
    """Waits until the server answers there; the time that took."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            status = connection.getresponse().status
            connection.close()
            if status in (200, 404):
                return time.monotonic() - start
        except OSError:
            pass
        time.sleep(0.001)
    raise RuntimeError(f"nothing answers on port {port}")


def stop(pid):
    """Ends a process that is not our child, and waits until it is gone."""
    os.kill(pid, signal.SIGTERM)
    while pathlib.Path(f"/proc/{pid}").exists():
        time.sleep(0.05)


class Process:
    """A program that runs until the end of the `with`."""

    def __init__(self, *command, env=None, log=None):
        self.started = time.monotonic()
        self.log = open(log or os.devnull, "ab")
        self.child = subprocess.Popen(
            [str(word) for word in command], env={**os.environ, **(env or {})}, stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.log.close()

    def resident_megabytes(self):
        for line in pathlib.Path(f"/proc/{self.child.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return float("nan")


class Usher(Process):
    """The server on a data folder of its own, with users, licences and sessions to measure with."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.port = free_port()
        self.env = {
            "USHER_RATE_LIMITS": "off", "USHER_LOG_LEVEL": "warning", "USHER_PORT": str(self.port),
            "USHER_DATA_DIR": str(self.folder / "data"),
            # Mails are queued, and go nowhere: what is measured is the queue, not somebody's SMTP server.
            "USHER_SMTP_URL": "smtp://127.0.0.1:9", "USHER_PUBLIC_URL": f"http://localhost:{self.port}",
            "USHER_MAIL_FROM": "bench@example.com",
        }
        self.program = ROOT / ".build" / "release" / "usher"
        super().__init__(self.program, "serve", env=self.env, log=self.folder / "usher.log")
        self.seconds_to_first_answer = wait_for(self.port)

    def run(self, *words):
        done = subprocess.run(
            [self.program, *words], env={**os.environ, **self.env}, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"usher {words[0]}: {done.stderr}")
        return done.stdout

    def prepare(self, users, sessions):
        """Makes users with licences, and `sessions` logged-in sessions, each with a seat."""
        say(f"{users} users and {sessions} sessions are made")
        self.run("create-admin", "admin@example.com", "Admin")
        self.webhook = self.run("create-webhook", "bench", "--user", "admin@example.com").strip()
        self.users = users

        def make(number):
            email = f"bench-{number}@example.com"
            call(self.port, "/api/webhook", {
                "action": "create-user", "email": email, "name": f"Bench {number}",
                "license": {"seats": 10 + 2 * sessions // users, "validUntil": "never"}}, self.webhook)
            call(self.port, "/api/webhook", {
                "action": "update-user", "email": email, "password": PASSWORD}, self.webhook)

        def log_in(number):
            email = f"bench-{number % users}@example.com"
            return call(self.port, "/api/auth/login", {"email": email, "password": PASSWORD})["refreshToken"]

        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            list(pool.map(make, range(users)))
            tokens = list(pool.map(log_in, range(sessions)))
        return tokens

    def fresh_tokens(self, count):
        """New sessions' tokens: those of an earlier round are in wrk's memory, and gone with it."""
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            return list(pool.map(
                lambda number: call(self.port, "/api/auth/login", {
                    "email": f"bench-{number % self.users}@example.com", "password": PASSWORD,
                    "deviceId": f"device-{number}"})["refreshToken"], range(count)))


def wrk(script, port, seconds, connections, threads=2, **env):
    """Runs wrk with a script; its report."""
    variables = {**os.environ, "REPORT": str(WRK / "report.lua"), "THREADS": str(threads)}
    variables.update({name: str(value) for name, value in env.items()})
    done = subprocess.run(
        ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s", "--timeout", "30s",
         "-s", str(WRK / script), f"http://127.0.0.1:{port}/"],
        env=variables, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise RuntimeError(f"wrk {script}: {done.stdout}{done.stderr}")
    report = json.loads(lines[-1])
    report["rate"] = report["requests"] / report["seconds"]
    return report


def token_file(folder, name, tokens):
    path = pathlib.Path(folder) / name
    path.write_text("".join(f"{token}\n" for token in tokens))
    return path


def spread(values):
    """Median, lowest and highest."""
    return statistics.median(values), min(values), max(values)


class Table:
    """The results, as text for a terminal and as JSON for a file."""

    def __init__(self):
        self.rows = []

    def add(self, name, value, unit, goal=None, note=""):
        reached = None if goal is None else goal[1](value, goal[2])
        self.rows.append({
            "what": name, "value": round(value, 3), "unit": unit,
            "goal": None if goal is None else f"{goal[0]} {goal[2]}", "reached": reached, "note": note})
        mark = {None: "", True: "  reached", False: "  NOT REACHED"}[reached]
        print(f"{name:<58} {value:>10.3f} {unit:<10} {self.rows[-1]['goal'] or '':<8}{mark}  {note}", flush=True)


def at_least(limit):
    return ("≥", lambda value, bound: value >= bound, limit)


def at_most(limit):
    return ("≤", lambda value, bound: value <= bound, limit)


def note(rates):
    return ", ".join(f"{name} {spread(values)[0]:,.0f}/s [{min(values):,.0f}–{max(values):,.0f}]"
                     for name, values in rates.items())


def measure_refresh(folder, options, table):
    """Refresh against glewlwyd's refresh_token grant and against a bare server."""
    peer_port, hello_port = free_port(), free_port()
    setup = subprocess.run(
        ["bash", ROOT / "Benchmarks" / "glewlwyd.sh", str(peer_port), str(pathlib.Path(folder) / "glewlwyd")],
        capture_output=True, text=True, check=False)
    facts = dict(line.split("=", 1) for line in setup.stdout.splitlines() if "=" in line)
    if "REFRESH" not in facts:
        raise RuntimeError(f"glewlwyd did not start: {setup.stdout}{setup.stderr}")
    rates = {"usher": [], "hello": [], "glewlwyd": []}
    create, alone = [], []
    try:
        with Usher(folder) as usher, Process(ROOT / ".build/release/peer", "hello", hello_port):
            wait_for(hello_port, "/")
            usher.prepare(users=64, sessions=16)
            for number in range(options.rounds):
                say(f"round {number + 1} of {options.rounds}: refresh, hello, glewlwyd, create-user")
                tokens = token_file(folder, "usher.tokens", usher.fresh_tokens(128))
                mine = wrk("tokens.lua", usher.port, options.seconds, 32, KIND="usher", TOKENS=tokens)
                rates["usher"].append(mine["rate"])
                alone.append(mine["failed"])
                rates["hello"].append(
                    wrk("tokens.lua", hello_port, options.seconds, 32, KIND="hello", TOKENS=tokens)["rate"])
                theirs = token_file(folder, "glewlwyd.tokens", [facts["REFRESH"]] * 128)
                rates["glewlwyd"].append(
                    wrk("tokens.lua", peer_port, options.seconds, 32, KIND="glewlwyd", TOKENS=theirs)["rate"])
                made = wrk("create_user.lua", usher.port, options.seconds, 64,
                           PREFIX=f"r{number}-{secrets.token_hex(4)}", WEBHOOK=usher.webhook)
                create.append(made["rate"])
                alone.append(made["failed"])
    finally:
        stop(int(facts["PID"]))
    if any(alone):
        raise RuntimeError(f"{sum(alone)} requests failed")
    median = {name: statistics.median(values) for name, values in rates.items()}
    table.add("refresh-token ÷ glewlwyd's refresh_token grant", median["usher"] / median["glewlwyd"], "×",
              at_least(30), note({"usher": rates["usher"], "glewlwyd": rates["glewlwyd"]}))
    table.add("refresh-token ÷ bare Hummingbird", median["usher"] / median["hello"], "",
              at_least(0.35), note({"hello": rates["hello"]}))
    table.add("create-user with licence ÷ refresh-token", statistics.median(create) / median["usher"], "",
              at_least(0.6), note({"create-user": create}))


def measure_login(folder, options, table):
    """Logins against the hash alone, and refreshes while others log in without pause."""
    logins, hashes, quiet, busy = [], [], [], []
    failed = 0
    with Usher(folder) as usher:
        usher.prepare(users=64, sessions=16)
        for number in range(options.rounds):
            say(f"round {number + 1} of {options.rounds}: login, hash alone, refresh alone and beside logins")
            mine = wrk("login.lua", usher.port, options.seconds, 4 * CORES, PASSWORD=PASSWORD, USERS=usher.users)
            logins.append(mine["rate"])
            failed += mine["failed"]
            hashes.append(float(subprocess.check_output(
                [ROOT / ".build/release/peer", "hash", str(options.seconds)], text=True)))
            tokens = token_file(folder, "usher.tokens", usher.fresh_tokens(128))
            quiet.append(wrk("tokens.lua", usher.port, options.seconds, 32, KIND="usher", TOKENS=tokens)["p99"])
            tokens = token_file(folder, "usher.tokens", usher.fresh_tokens(128))
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                crowd = pool.submit(wrk, "login.lua", usher.port, options.seconds + 2, 64, PASSWORD=PASSWORD,
                                    USERS=usher.users)
                time.sleep(1)
                busy.append(wrk("tokens.lua", usher.port, options.seconds, 32, KIND="usher", TOKENS=tokens)["p99"])
                crowd.result()
            # What the crowd had asked for last is hashed still, and would be in the way of the next round.
            time.sleep(3)
    if failed:
        raise RuntimeError(f"{failed} logins failed")
    table.add("login ÷ Argon2id alone on all cores", statistics.median(logins) / statistics.median(hashes), "",
              at_least(0.92), note({"login": logins, "hash": hashes}))
    table.add("refresh p99 beside 64 clients that log in ÷ alone",
              statistics.median(busy) / statistics.median(quiet), "×", at_most(3),
              f"alone {statistics.median(quiet):.1f} ms, beside {statistics.median(busy):.1f} ms")


def measure_process(folder, options, table):
    """Memory at rest and after 1,000 logins, and the time from exec to the first answer."""
    starts = []
    for number in range(2 * options.rounds):
        with tempfile.TemporaryDirectory(dir=folder) as place, Usher(place) as usher:
            starts.append(usher.seconds_to_first_answer)
    with Usher(folder) as usher:
        time.sleep(1)
        rest = usher.resident_megabytes()
        usher.prepare(users=64, sessions=1)
        say("1,000 logins, then a minute of rest")
        usher.fresh_tokens(1000)
        time.sleep(options.rest)
        after = usher.resident_megabytes()
    table.add("resident memory at rest", rest, "MB")
    table.add(f"resident memory {options.rest} s after 1,000 logins", after, "MB")
    table.add("exec to the first 200 of /healthz, first start", 1000 * statistics.median(starts), "ms", None,
              f"[{1000 * min(starts):.0f}–{1000 * max(starts):.0f}]")


def measure_commit(folder, options, table):
    """Writes that share their commits against one commit for each, when a sync takes 2 ms longer."""
    together, alone = commit.measure(folder, options.rounds, options.seconds)
    table.add("writes of 64 writers ÷ of one, syncs 2 ms slower", statistics.median(together) / statistics.median(alone),
              "×", at_least(15), note({"together": together, "alone": alone}))


GROUPS = {
    "refresh": measure_refresh, "login": measure_login, "process": measure_process, "commit": measure_commit,
}


def main():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}; all, if none is named")
    parser.add_argument("--rounds", type=int, default=5, help="alternating rounds; the median counts (5)")
    parser.add_argument("--seconds", type=int, default=5, help="how long each measurement takes (5)")
    parser.add_argument("--rest", type=int, default=60, help="the rest before memory is read, in seconds (60)")
    parser.add_argument("--json", metavar="FILE", help="write the results there too")
    options = parser.parse_args()
    unknown = [name for name in options.groups if name not in GROUPS]
    if unknown:
        parser.error(f"there is no group {unknown[0]}; there are {', '.join(GROUPS)}")
    table = Table()
    for name in options.groups or GROUPS:
        with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
            GROUPS[name](folder, options, table)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(table.rows, indent=2, ensure_ascii=False) + "\n")
    sys.exit(1 if any(row["reached"] is False for row in table.rows) else 0)


if __name__ == "__main__":
    main()

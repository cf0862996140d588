"""What all measurements use: servers that run for as long as a `with`, calls, wrk, and the table of results."""

import concurrent.futures
import http.client
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import time

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

    def __init__(self, folder, settings=None):
        self.folder = pathlib.Path(folder)
        self.port = free_port()
        self.env = {
            "USHER_RATE_LIMITS": "off", "USHER_LOG_LEVEL": "warning", "USHER_PORT": str(self.port),
            "USHER_DATA_DIR": str(self.folder / "data"),
            # Mails are queued, and go nowhere: what is measured is the queue, not somebody's SMTP server.
            "USHER_SMTP_URL": "smtp://127.0.0.1:9", "USHER_PUBLIC_URL": f"http://localhost:{self.port}",
            "USHER_MAIL_FROM": "bench@example.com", **(settings or {}),
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

    def fresh_tokens(self, count, device="device"):
        """New sessions' tokens: those of an earlier round are in wrk's memory, and gone with it.

        A session takes the place of an earlier one on the same device.
        """
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            return list(pool.map(
                lambda number: call(self.port, "/api/auth/login", {
                    "email": f"bench-{number % self.users}@example.com", "password": PASSWORD,
                    "deviceId": f"{device}-{number}"})["refreshToken"], range(count)))


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

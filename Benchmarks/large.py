"""Measures Usher with a million users against Usher with few: what gets slower because there is much in the database?

The databases are filled by `peer fill`, which writes what the commands would have written.
"""

import concurrent.futures
import http.client
import json
import pathlib
import random
import statistics
import subprocess
import time

from harness import PASSWORD, ROOT, Usher, at_least, at_most, call, note, say, token_file, wrk

PEER = ROOT / ".build" / "release" / "peer"
SESSIONS_PER_USER = 5
# What is refreshed in one round, at most.
TOKENS = 100_000
# What is made for `prune-sessions` and the sweep in one round, of each kind; see Benchmarks/Peer/Ageing.swift.
AGED = 5_000
CALLS = 100
ADMIN = "admin@example.com"
ADMIN_PASSWORD = "walnut harbour lantern"


def peer(verb, folder, *numbers):
    """What `peer` printed; its progress goes to the terminal."""
    command = [PEER, verb, folder, *map(str, numbers)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def fill(folder, users, sessions, table=None):
    """Makes an installation with so many users, each with a licence, unless an earlier run has left it."""
    if folder.exists():
        say(f"{folder.name}: left by an earlier run")
        return
    folder.mkdir(parents=True)
    with Usher(folder):
        pass
    say(f"{folder.name}: {users:,} users, {users:,} licences, {sessions:,} sessions")
    start = time.monotonic()
    peer("fill", folder / "data", users, sessions)
    if table:
        table.add(f"filling in {users:,} users with {sessions:,} sessions", time.monotonic() - start, "s")
        size = sum(file.stat().st_size for file in (folder / "data").iterdir())
        table.add("its size on the disk", size / 1e9, "GB")


class Site:
    """A server on a filled folder, an administrator's tokens, and one connection to call it by."""

    def __init__(self, usher, users):
        self.usher, self.users = usher, users
        if not (usher.folder / "admin").exists():
            usher.run("create-admin", ADMIN, "Admin")
            (usher.folder / "admin").touch()
        self.webhook = usher.run("create-webhook", "bench", "--user", ADMIN).strip()
        self.command("update-user", email=ADMIN, password=ADMIN_PASSWORD)
        self.admin = self.log_in(ADMIN, ADMIN_PASSWORD)
        self.user = self.log_in("user-1@example.com", PASSWORD)
        self.connection = http.client.HTTPConnection("127.0.0.1", usher.port, timeout=600)

    def command(self, action, **payload):
        return call(self.usher.port, "/api/webhook", {"action": action, **payload}, self.webhook)["response"]

    def log_in(self, email, password):
        return call(self.usher.port, "/api/auth/login", {"email": email, "password": password})["accessToken"]

    def ask(self, method, path, token, payload=None):
        self.connection.request(
            method, path, json.dumps(payload) if payload else None,
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body.decode()}")

    def milliseconds(self, name):
        """The median time of a look that returns as many rows however many there are."""
        times = []
        # The server has closed it if the other site's turn was long; the next request opens it anew.
        self.connection.close()
        for _ in range(CALLS):
            request = self.look(name, random.randint(101, self.users - 101))
            start = time.perf_counter()
            self.ask(*request)
            times.append(1000 * (time.perf_counter() - start))
        return statistics.median(times)

    def look(self, name, place):
        webhook = ("POST", "/api/webhook", self.webhook)
        return {
            "list-users, a page of 100": (*webhook, {"action": "list-users", "limit": 100, "cursor": str(place)}),
            "get-user by e-mail": (*webhook, {"action": "get-user", "email": f"user-{place}@example.com"}),
            "list-audit, a page of 100": (
                "GET", f"/api/audit?limit=100&cursor={10_000_000 + place}", self.admin),
            "list-own-sessions": ("GET", "/api/auth/sessions", self.user),
            "list-mails": (*webhook, {"action": "list-mails", "limit": 100}),
        }[name]


LOOKS = ("list-users, a page of 100", "get-user by e-mail", "list-audit, a page of 100", "list-own-sessions",
         "list-mails")


def measure_large(folder, options, table):
    """A million users against a thousand, or ten thousand."""
    folder = pathlib.Path(options.filled or folder).absolute()
    few, some, many = 1_000, 10_000, options.users
    fill(folder / "many", many, SESSIONS_PER_USER * many, table)
    fill(folder / "some", some, SESSIONS_PER_USER * some)
    fill(folder / "few", few, SESSIONS_PER_USER * few)
    with Usher(folder / "many") as large:
        with Usher(folder / "few") as small:
            refresh(folder, large, small, options, table)
        with Usher(folder / "some") as small:
            sites = {"many": Site(large, many), "some": Site(small, some)}
            looks(sites, options, table)
            clear_away(folder, sites, options, table)
        table.add("resident memory afterwards, of the server with many", large.resident_megabytes(), "MB")
    one_user(folder, table)


def refresh(folder, large, small, options, table):
    """Random sessions of many against those of a thousand users, of which there are fewer than are refreshed."""
    rates, failed = {"many": [], "few": []}, 0
    for number in range(options.rounds):
        say(f"round {number + 1} of {options.rounds}: refresh with many users and with few")
        for name, usher in alternating({"many": large, "few": small}, number):
            tokens = token_file(folder, "tokens", peer("tokens", usher.folder / "data", TOKENS).split())
            report = wrk("tokens.lua", usher.port, options.seconds, 32, KIND="usher", TOKENS=tokens)
            rates[name].append(report["rate"])
            failed += report["failed"]
    if failed:
        raise RuntimeError(f"{failed} refreshes failed")
    ratio = statistics.median(rates["many"]) / statistics.median(rates["few"])
    table.add("refresh with many users ÷ with 1,000", ratio, "", at_least(0.8), note(rates))


def looks(sites, options, table):
    for name in LOOKS:
        times = {"many": [], "some": []}
        for number in range(options.rounds):
            for size, site in alternating(sites, number):
                times[size].append(site.milliseconds(name))
        compare(f"{name}, with many ÷ with 10,000", times, "ms", 1.5, table)


def clear_away(folder, sites, options, table):
    """`prune-sessions` and the sweep: the same number of rows in both databases."""
    prunes, sweeps, waits = {"many": [], "some": []}, {"many": [], "some": []}, []
    for number in range(options.rounds):
        say(f"round {number + 1} of {options.rounds}: prune and sweep with many users and with some")
        for size, site in alternating(sites, number):
            data = folder / size / "data"
            peer("age", data, AGED)
            seconds, longest, answer = beside_writes(site, "prune-sessions")
            if answer["revoked"] < AGED * (1 + SESSIONS_PER_USER // 5):
                raise RuntimeError(f"prune-sessions ended {answer['revoked']} sessions")
            prunes[size].append(1e6 * seconds / answer["revoked"])
            waits.append(1000 * longest)
            rows, seconds = map(float, peer("sweep", data).split())
            sweeps[size].append(1e6 * seconds / rows)
    # The rows lie further apart among more: each has pages of its own to be changed, in the table and five indexes.
    compare("prune-sessions by session, with many ÷ with 10,000", prunes, "µs", 5, table)
    compare("the sweep by row, with many ÷ with 10,000", sweeps, "µs", 5, table)
    table.add("the longest that a write waited meanwhile", max(waits), "ms")


def one_user(folder, table):
    """What works in one transaction, with 100,000 sessions of one user: how long, and how long others wait."""
    sessions = 100_000
    fill(folder / "crowd", 3, 3 * sessions)
    with Usher(folder / "crowd") as usher:
        site = Site(usher, 3)
        for action, payload in (("revoke-all-user-sessions", {"userId": 1}),
                                ("update-license", {"licenseId": 2, "seats": 5}), ("delete-user", {"userId": 3})):
            seconds, longest, _ = beside_writes(site, action, **payload)
            table.add(f"{action} of {sessions:,} sessions", seconds, "s", None,
                      f"a write waited {longest:.2f} s at most")


def beside_writes(site, action, **payload):
    """Runs a command while another client writes without pause: its seconds, the longest wait, its answer."""
    site.connection.close()
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        start = time.monotonic()
        running = pool.submit(site.command, action, **payload)
        longest, number = 0, 0
        while not running.done() or not number:
            number += 1
            begun = time.monotonic()
            site.ask("POST", "/api/webhook", site.webhook,
                     {"action": "update-user", "email": ADMIN, "name": f"Admin {number}"})
            longest = max(longest, time.monotonic() - begun)
        answer = running.result()
        return time.monotonic() - start, longest, answer


def alternating(sizes, number):
    """The items, in the other order in every other round."""
    items = list(sizes.items())
    return items[::-1] if number % 2 else items


def compare(name, values, unit, limit, table):
    medians = {size: statistics.median(numbers) for size, numbers in values.items()}
    table.add(name, medians["many"] / medians["some"], "×", at_most(limit),
              f"{medians['many']:.2f} {unit} ÷ {medians['some']:.2f} {unit}")

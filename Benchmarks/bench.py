"""Measures Usher in ratios: against peers and limits, in the same run, in alternating rounds.

Machines differ and are noisy; a ratio of two medians that were measured turn by turn is worth more than a rate.
Called by script/bench, which builds and installs what this needs. Only the standard library.
"""

import argparse
import concurrent.futures
import json
import pathlib
import secrets
import statistics
import subprocess
import sys
import tempfile
import time

import commit
from harness import (
    CORES, PASSWORD, ROOT, Process, Table, Usher, at_least, at_most, free_port, note, say, stop, token_file, wait_for,
    wrk)
from large import measure_large
from nodes import measure_nodes
from postgres import measure_postgres
from process import measure_process
from schema import measure_schema
from size import measure_size


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


def measure_commit(folder, options, table):
    """Writes that share their commits against one commit for each, when a sync takes 2 ms longer."""
    together, alone = commit.measure(folder, options.rounds, options.seconds)
    table.add("64 writers ÷ one commit a write, a sync takes 2 ms more", statistics.median(together) / statistics.median(alone),
              "×", at_least(15), note({"64 writers": together, "one": alone}))


GROUPS = {
    "refresh": measure_refresh, "login": measure_login, "process": measure_process, "commit": measure_commit,
    "large": measure_large, "postgres": measure_postgres, "nodes": measure_nodes, "size": measure_size,
    "schema": measure_schema,
}


def main():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}; all, if none is named")
    parser.add_argument("--rounds", type=int, default=5, help="alternating rounds; the median counts (5)")
    parser.add_argument("--seconds", type=int, default=5, help="how long each measurement takes (5)")
    parser.add_argument("--rest", type=int, default=60, help="the rest before memory is read, in seconds (60)")
    parser.add_argument("--users", type=int, default=1_000_000, help="users of the large database (1,000,000)")
    parser.add_argument(
        "--filled", metavar="FOLDER", help="keep the filled databases there, and take those that are there")
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

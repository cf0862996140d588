"""PostgreSQL beside SQLite, and pgbench's transactions on the same server as the limit."""

import contextlib
import os
import pathlib
import re
import secrets
import statistics
import subprocess

from harness import CORES, PASSWORD, ROOT, Usher, at_least, note, say, token_file, wrk

# As many as Usher has at most.
CONNECTIONS = 16
# 10,000,000 accounts, 1.5 GB.
SCALE = 100

# Debian's own, but for room in memory that all of pgbench's tables fit into. Every commit waits for the disk.
SETTINGS = ["shared_buffers=2GB", "max_wal_size=8GB"]


@contextlib.contextmanager
def server():
    """A PostgreSQL server for as long as the `with`; its address."""
    script = f'source "{ROOT}/script/lib/postgres.sh" && trap stop_postgres EXIT && start_postgres "$@" && ' \
        'echo "$postgres_url" && read -r'
    child = subprocess.Popen(
        ["bash", "-c", script, "postgres", *SETTINGS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    address = child.stdout.readline().strip()
    if not address:
        raise RuntimeError("PostgreSQL did not start")
    try:
        yield address
    finally:
        child.stdin.close()
        child.wait()


def psql(address, sql):
    """What a statement returns, as text."""
    done = subprocess.run(
        ["psql", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", address, "-c", sql], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def database(address, name):
    """The address of a new database of that server."""
    psql(address, f"CREATE DATABASE {name}")
    return address.rsplit("/", 1)[0] + "/" + name


def pgbench(address, seconds):
    """Transactions a second of pgbench's own script: three updates, a query and an insert."""
    report = subprocess.run(
        ["pgbench", "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", str(CORES), "-T", str(seconds), address],
        check=True, capture_output=True, text=True).stdout
    return float(re.search(r"tps = ([0-9.]+)", report).group(1))


def processor_seconds(name):
    """What all processes of that name have used so far."""
    ticks = 0
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if f"({name})" in text:
            fields = text[text.rindex(")") + 2:].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure_round(usher, folder, name, options, number):
    """One round on one database; refreshes, new users and logins a second."""
    tokens = token_file(folder, f"{name}.tokens", usher.fresh_tokens(128))
    before = processor_seconds("postgres")
    refresh = wrk("tokens.lua", usher.port, options.seconds, 32, KIND="usher", TOKENS=tokens)
    cost = (processor_seconds("postgres") - before) / refresh["requests"]
    create = wrk("create_user.lua", usher.port, options.seconds, 64,
                 PREFIX=f"{name}{number}-{secrets.token_hex(4)}", WEBHOOK=usher.webhook)
    login = wrk("login.lua", usher.port, options.seconds, 4 * CORES, PASSWORD=PASSWORD, USERS=usher.users)
    failed = refresh["failed"] + create["failed"] + login["failed"]
    if failed:
        raise RuntimeError(f"{failed} requests failed on {name}")
    return {"refresh": refresh["rate"], "create": create["rate"], "login": login["rate"], "cost": cost}


def measure_postgres(folder, options, table):
    """Refresh, create-user and login on both databases, and pgbench, turn by turn."""
    folder = pathlib.Path(folder)
    rounds = {"SQLite": [], "PostgreSQL": []}
    limit = []
    with server() as address:
        say(f"pgbench fills its tables, scale {SCALE}")
        peer = database(address, "pgbench")
        subprocess.run(["pgbench", "-i", "-q", "-s", str(SCALE), peer], check=True, capture_output=True)
        ours = database(address, "usher")
        for name in rounds:
            (folder / name).mkdir()
        with Usher(folder / "SQLite") as one, Usher(folder / "PostgreSQL", {"USHER_DATABASE_URL": ours}) as other:
            for usher in (one, other):
                usher.prepare(users=64, sessions=16)
            for number in range(options.rounds):
                say(f"round {number + 1} of {options.rounds}: SQLite, PostgreSQL, pgbench")
                for name, usher in (("SQLite", one), ("PostgreSQL", other)):
                    rounds[name].append(measure_round(usher, folder, name, options, number))
                limit.append(pgbench(peer, options.seconds))

    def rates(name, act):
        return [values[act] for values in rounds[name]]

    median = statistics.median
    table.add("PostgreSQL: refresh-token ÷ pgbench's transactions", median(rates("PostgreSQL", "refresh")) / median(limit),
              "×", at_least(1.5), note({"refresh": rates("PostgreSQL", "refresh"), "pgbench": limit}))
    cost = median(rates("PostgreSQL", "cost"))
    table.add("PostgreSQL's own work for a refresh", cost * 1e6, "µs", None,
              f"so {CORES} cores end at {CORES / cost:,.0f}/s, whatever the nodes do")
    for act, title in (("refresh", "refresh-token"), ("create", "create-user with licence"), ("login", "login")):
        table.add(f"{title}: PostgreSQL ÷ SQLite", median(rates("PostgreSQL", act)) / median(rates("SQLite", act)), "",
                  None, note({name: rates(name, act) for name in rounds}))

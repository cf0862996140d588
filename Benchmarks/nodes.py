"""Several nodes on one PostgreSQL, each with the same small share of a processor: does another node bring more?"""

import base64
import concurrent.futures
import pathlib
import secrets
import statistics

from harness import Usher, at_least, note, say, token_file, wrk
from postgres import database, psql, server

NODES = 3
# Of a processor, for each node: small enough that three of them, the database and wrk do not fill two cores by themselves.
SHARE = 0.2


class Share:
    """A part of a processor that a process may take, by a control group of its own (version 2 or 1)."""

    def __init__(self, pid, share):
        unified = pathlib.Path("/sys/fs/cgroup/cgroup.controllers").exists()
        self.group = pathlib.Path("/sys/fs/cgroup" if unified else "/sys/fs/cgroup/cpu") / f"usher-bench-{pid}"
        period = 50_000
        quota = int(period * share)
        try:
            self.group.mkdir()
            if unified:
                (self.group / "cpu.max").write_text(f"{quota} {period}")
            else:
                (self.group / "cpu.cfs_period_us").write_text(str(period))
                (self.group / "cpu.cfs_quota_us").write_text(str(quota))
            (self.group / "cgroup.procs").write_text(str(pid))
        except OSError as error:
            raise RuntimeError(f"the group `nodes` needs root and control groups: {error}") from error

    def release(self):
        parent = self.group.parent / "cgroup.procs"
        for pid in (self.group / "cgroup.procs").read_text().split():
            parent.write_text(pid)
        self.group.rmdir()


def measure_nodes(folder, options, table):
    """Refreshes of one, two and three nodes at a time, turn by turn."""
    folder = pathlib.Path(folder)
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    rates = {count: [] for count in range(1, NODES + 1)}
    logs = []
    with server() as address:
        ours = database(address, "usher")
        settings = {"USHER_DATABASE_URL": ours, "USHER_MASTER_KEY": key}
        nodes, shares = [], []
        try:
            for number in range(NODES):
                (folder / str(number)).mkdir()
                nodes.append(Usher(folder / str(number), settings))
            nodes[0].prepare(users=64, sessions=16)
            # wrk replaces each session's token in its own memory: new sessions for each round, made at full speed.
            files = [
                [token_file(folder, f"{turn}-{number}.tokens", nodes[0].fresh_tokens(64, f"device-{turn}-{number}"))
                 for number in range(NODES)]
                for turn in range(options.rounds * NODES)]
            shares = [Share(node.child.pid, SHARE) for node in nodes]
            for number in range(options.rounds):
                say(f"round {number + 1} of {options.rounds}: 1, 2 and {NODES} nodes, {SHARE:.0%} of a processor each")
                for count in rates:
                    rate, log = together(ours, nodes[:count], files.pop(), options.seconds)
                    rates[count].append(rate)
                    logs.append(log)
        finally:
            for share in shares:
                share.release()
            for node in nodes:
                node.__exit__()
    median = {count: statistics.median(values) for count, values in rates.items()}
    for count in range(2, NODES + 1):
        table.add(f"refresh-token: {count} nodes ÷ 1, {SHARE:.0%} of a processor each", median[count] / median[1], "×",
                  at_least(1.5 if count == 2 else 2), note({f"{count}": rates[count], "1": rates[1]}))
    table.add("PostgreSQL's log for a refresh", statistics.median(logs), "bytes")


def together(address, nodes, tokens, seconds):
    """Refreshes a second of all nodes; how many bytes one adds to the database's log."""
    position = "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"
    written = int(psql(address, position))
    with concurrent.futures.ThreadPoolExecutor(len(nodes)) as pool:
        reports = list(pool.map(
            lambda pair: wrk("tokens.lua", pair[0].port, seconds, 16, threads=1, KIND="usher", TOKENS=pair[1]),
            zip(nodes, tokens)))
    failed = sum(report["failed"] for report in reports)
    if failed:
        raise RuntimeError(f"{failed} refreshes failed")
    done = sum(report["requests"] for report in reports)
    return sum(report["rate"] for report in reports), (int(psql(address, position)) - written) / done

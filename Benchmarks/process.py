"""Measures the process itself: its memory, and how fast it starts."""

import resource
import socket
import statistics
import tempfile
import time

from harness import Usher, at_most, say

CONNECTIONS = 5_000


def measure_process(folder, options, table):
    """Memory at rest, after 1,000 logins and with 5,000 connections, and the time from exec to the first answer."""
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
    with tempfile.TemporaryDirectory(dir=folder) as place, Usher(place) as usher:
        say(f"{CONNECTIONS:,} connections")
        connected = memory_with_connections(usher)
    table.add("resident memory at rest", rest, "MB", at_most(45))
    table.add(f"resident memory {options.rest} s after 1,000 logins", after, "MB", at_most(45))
    table.add(f"resident memory with {CONNECTIONS:,} idle connections", connected, "MB", at_most(150))
    table.add("exec to the first 200 of /healthz, first start", 1000 * statistics.median(starts), "ms", at_most(60),
              f"[{1000 * min(starts):.0f}–{1000 * max(starts):.0f}]")


def memory_with_connections(usher):
    """The memory while connections are kept that have each made one request."""
    limit = CONNECTIONS + 100
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < limit:
        raise RuntimeError(f"the limit of open files is {hard} (ulimit -Hn); {limit} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, limit), hard))
    connections = []
    try:
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", usher.port), timeout=30)
            connections.append(connection)
            connection.sendall(f"GET /healthz HTTP/1.1\r\nHost: localhost:{usher.port}\r\n\r\n".encode())
            if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
                raise RuntimeError("a connection was not served")
        return usher.resident_megabytes()
    finally:
        for connection in connections:
            connection.close()

"""An SMTP server on loopback that takes every mail and keeps none, for benchmarks.

Usage: python3 smtp_sink.py PROCESSES       (needs aiosmtpd)

The first line on standard output is the port. With SIGTERM each process prints, as JSON, what it took and its processor
time, and ends.
"""

import asyncio
import json
import logging
import os
import signal
import socket
import sys
import time

from aiosmtpd.smtp import SMTP


class Counter:
    mails = 0
    connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):
        self.mails += 1
        return "250 2.0.0 stored"


def listen(port: int) -> socket.socket:
    # Each process has a socket of its own, and the kernel shares the connections out.
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(("127.0.0.1", port))
    return listener


async def serve(listener: socket.socket) -> None:
    counter, ending = Counter(), asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ending.set)
    server = await loop.create_server(lambda: SMTP(counter, enable_SMTPUTF8=True), sock=listener)
    async with server:
        await ending.wait()
    taken = {
        "mails": counter.mails,
        "connections": counter.connections,
        "milliseconds": int(time.process_time() * 1000),
    }
    # One write, so that lines of several processes do not mix.
    os.write(1, (json.dumps(taken) + "\n").encode())


def main() -> None:
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    processes = int(sys.argv[1])
    first = listen(0)
    port = first.getsockname()[1]
    listeners = [first] + [listen(port) for _ in range(processes - 1)]
    for listener in listeners:
        listener.listen(128)
    children = []
    for listener in listeners[1:]:
        child = os.fork()
        if child == 0:
            for other in listeners:
                if other is not listener:
                    other.close()
            asyncio.run(serve(listener))
            os._exit(0)
        children.append(child)
    for other in listeners[1:]:
        other.close()
    os.write(1, f"{port}\n".encode())
    asyncio.run(serve(first))
    for child in children:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()

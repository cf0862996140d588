"""A server on a data folder of its own: started, killed, called and looked at from outside."""

import ctypes
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import time

from trouble import NoAnswer, Unexpected


def free_port():
    """A port below those of outgoing connections, one of which could take it between two lives of the server."""
    while True:
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", random.randrange(12_000, 32_000)))
            except OSError:
                continue
            return listener.getsockname()[1]


def end_with_parent():
    """Has the system kill this process with its parent, so that nothing is left of a run that was killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Server:
    def __init__(self, program, folder, settings):
        self.program = pathlib.Path(program).resolve()
        self.folder = pathlib.Path(folder)
        self.log = self.folder / "server.log"
        self.port = free_port()
        self.settings = {
            "USHER_PORT": str(self.port), "USHER_DATA_DIR": str(self.folder / "data"), "USHER_LOG_FORMAT": "json",
            "USHER_PUBLIC_URL": f"http://localhost:{self.port}", "USHER_MAIL_FROM": "usher@example.com",
            # Requests bring an X-Request-Id by which the audit is asked about them, and the addresses of many people.
            "USHER_TRUSTED_PROXIES": "127.0.0.1", **settings,
        }
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("USHER_")}
        self.environment |= self.settings
        self.child = None

    @property
    def database(self):
        return self.folder / "data" / "usher.db"

    def launch(self):
        """Starts it, and does not wait."""
        # The log goes to a file by its descriptor: nothing of it is lost with the process.
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen(
                [self.program, "serve"], env=self.environment, cwd=self.folder, stdout=log, stderr=log,
                preexec_fn=end_with_parent)

    def start(self, seconds=60):
        """Starts it, and waits until it is ready; how long that took."""
        self.launch()
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.child.poll() is not None:
                raise Unexpected(f"the server ended by itself with {self.child.returncode}; see {self.log}")
            try:
                if Client(self.port, timeout=5).ask("GET", "/readyz")[0] == 200:
                    return time.monotonic() - began
            except NoAnswer:
                time.sleep(0.005)
        raise Unexpected(f"the server was not ready after {seconds} s; see {self.log}")

    def kill(self):
        """Ends it as a power cut ends a process: between any two instructions."""
        if self.child.poll() is not None:
            raise Unexpected(f"the server ended by itself with {self.child.returncode}; see {self.log}")
        self.child.kill()
        self.child.wait()

    def stop(self):
        """Ends it as an operator does."""
        self.child.terminate()
        if self.child.wait(30) != 0:
            raise Unexpected(f"a polite stop ended with {self.child.returncode}; see {self.log}")

    def verb(self, *words):
        done = subprocess.run(
            [self.program, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unexpected(f"usher {words[0]} failed: {done.stderr}")
        return done.stdout

    def complaints(self):
        """Lines of the log that tell of an error, and what a crash of Swift leaves."""
        with open(self.log, encoding="utf-8", errors="replace") as lines:
            return [line.strip() for line in lines if '"level":"error"' in line or '"level":"critical"' in line
                    or "Fatal error" in line]


class Client:
    """One connection, which is opened again when it was closed."""

    def __init__(self, port, timeout=60):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def ask(self, method, path, payload=None, headers=None):
        """The status of the answer, and its JSON.

        Raises NoAnswer when there is none, for whatever reason.
        """
        headers = dict(headers or {})
        body = None
        if payload is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(payload)
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise NoAnswer(str(error)) from error
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, None

"""People who guess passwords, and programs that send junk: none of it may cost the server anything that stays."""

import random
import threading
import time

from server import Client
from trouble import NoAnswer, Unexpected
from worker import address


class Strangers:
    """One connection at a time, each for a few requests."""

    def __init__(self, port, pause=0.1):
        self.port, self.pause = port, pause
        self.requests = 0
        self.failure = None
        self.is_ending = False
        self.thread = threading.Thread(target=self._work)
        self.thread.start()

    def _work(self):
        try:
            while not self.is_ending:
                client = Client(self.port)
                for _ in range(random.randint(1, 20)):
                    self._ask(client)
                    time.sleep(random.uniform(0, 2 * self.pause))
                client.connection.close()
        except Exception as error:  # whatever it is, the thread that waits has to tell it
            self.failure = error

    def _ask(self, client):
        guess = {"email": f"nobody-{random.randrange(500)}@example.com", "password": "wrong"}
        token = "ush_rt_" + "A" * random.randrange(100)
        method, path, payload, more = random.choice([
            ("POST", "/api/auth/login", guess, {}),
            ("POST", "/api/auth/refresh-token", {"refreshToken": token}, {}),
            ("POST", "/api/webhook", {"action": "list-users"}, {"Authorization": "Bearer ush_wh_wrong"}),
            ("POST", "/api/auth/login", {"emial": "a", "password": 7}, {}),
            ("GET", f"/nowhere/{random.randrange(1000)}", None, {}),
            ("GET", "/api/users", None, {"Authorization": "Bearer eyJ"}),
            ("PUT", "/api/webhook", {"x": "y" * 70_000}, {}),
        ])
        self.requests += 1
        try:
            status, body = client.ask(method, path, payload, {"X-Forwarded-For": address(), **more})
        except NoAnswer:
            # Who sends too much is hung up on, maybe before the answer is read. That the server is gone others notice.
            return
        # With many guesses at once the threads that hash are busy, which a stranger may be told.
        if not (400 <= status < 500 or status == 503):
            raise Unexpected(f"a stranger's {method} {path} was answered {status}: {body}")

    def check(self):
        if self.failure:
            raise self.failure

    def end(self):
        self.is_ending = True
        self.thread.join()
        self.check()

"""Who takes part: a server, the mail server that it sends to, and clients that do everything at once."""

import threading
import time

from mailbox import Mailbox
from server import Server
from trouble import Unexpected
from worker import Worker


class Story:
    def __init__(self, options, state, settings):
        self.state = state
        self.mailbox = Mailbox(state.folder / "mailbox.journal")
        self.server = Server(options.program, state.folder, {
            "USHER_SMTP_URL": f"smtp://127.0.0.1:{self.mailbox.port}", **settings})
        if "webhook" not in state.facts:
            self._prepare()
        self.workers = [Worker(number, state.folder, state.facts["webhook"]) for number in range(options.workers)]

    def _prepare(self):
        self.server.start()
        self.server.verb("create-admin", "admin@example.com", "Admin")
        self.state.facts["webhook"] = self.server.verb("create-webhook", "Shop", "--user", "admin@example.com").strip()
        self.server.stop()
        self.state.save()

    def begin_life(self):
        """From here on mails come from another life of the server: one that was in hand may come again."""
        self.mailbox.life = self.state.facts["life"] = self.state.facts.get("life", 0) + 1
        self.state.save()

    def start(self):
        """How long the server took to be ready."""
        self.begin_life()
        return self.server.start()

    @property
    def requests(self):
        return sum(worker.requests for worker in self.workers)

    @property
    def orders(self):
        return sum(worker.ledger.counts.total() for worker in self.workers)

    @property
    def mails(self):
        return len(self.mailbox.copies)


class Crowd:
    """All clients at work, each on a thread of its own."""

    def __init__(self, story, pause):
        self.failures = []
        self.workers = story.workers
        self.threads = [
            threading.Thread(target=self._work, args=(worker, story.server.port, pause)) for worker in story.workers]
        for thread in self.threads:
            thread.start()

    def _work(self, worker, port, pause):
        try:
            worker.is_ending = False
            worker.run(port, pause)
        except Exception as error:  # whatever it is, the thread that waits has to tell it
            self.failures.append(error)

    def wait(self):
        """Waits until all have ended: because the server is gone, or because they were told to."""
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def watch(self, seconds, look):
        """Waits for so long, unless one of them ends before; what `look` saw five times a second."""
        seen = []
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not all(thread.is_alive() for thread in self.threads):
                self.end()
                raise Unexpected("the server was gone")
            seen.append(look())
            time.sleep(0.2)
        return seen

    def end(self):
        for worker in self.workers:
            worker.is_ending = True
        self.wait()

"""A real SMTP server on loopback that remembers which mails it has taken, and during which life of the server."""

import asyncio
import collections
import email.parser
import logging
import threading

from aiosmtpd.smtp import SMTP

from journal import Journal


class Mailbox:
    """Takes mails on a thread of its own until the program ends; what it took is in a journal."""

    def __init__(self, file):
        self.journal = Journal(file)
        # Message-ID → the lives in which it came, one entry for each copy.
        self.copies = collections.defaultdict(list)
        for line in self.journal.past:
            self.copies[line["id"]].append(line["life"])
        self.life = 0
        self.port = None
        listening = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(listening)), daemon=True).start()
        listening.wait()

    async def _serve(self, listening):
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        # A client that was killed in the middle of a mail is what this is for.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(self, enable_SMTPUTF8=True), "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        listening.set()
        await asyncio.Event().wait()

    async def handle_DATA(self, server, session, envelope):
        head = email.parser.BytesHeaderParser().parsebytes(envelope.original_content)
        name = head["Message-ID"].strip("<>").split("@")[0]
        self.copies[name].append(self.life)
        self.journal.add(id=name, life=self.life)
        return "250 2.0.0 stored"

"""What must be true of a server that was killed: by the database alone, and by what its clients know."""

import collections
import datetime
import json
import random
import sqlite3
import time

from server import Client
from trouble import Unexpected

# In words, and the rows that there must not be.
NEVER = [
    ("a user without a licence", """
        SELECT id FROM users WHERE role = 'OWNER' AND id NOT IN (SELECT user_id FROM licenses)"""),
    ("more seats taken than a licence has", """
        SELECT l.id FROM licenses l JOIN sessions s ON s.license_id = l.id
        GROUP BY l.id HAVING COUNT(*) > l.seats OR MAX(s.seat_no) > l.seats"""),
    ("a seat held by a session that has ended", "SELECT id FROM sessions WHERE ended_at IS NOT NULL AND seat_no > 0"),
    ("a session that says nothing of its seat", """
        SELECT id FROM sessions WHERE ended_at IS NULL AND (license_id IS NULL) = (limited_reason IS NULL)"""),
    ("two sessions of one device", """
        SELECT MIN(id) FROM sessions WHERE ended_at IS NULL AND device_id IS NOT NULL
        GROUP BY user_id, device_id HAVING COUNT(*) > 1"""),
    ("one request twice in the audit", """
        SELECT MIN(id) FROM audit WHERE outcome = 'done' AND request_id LIKE 'w%' GROUP BY request_id
        HAVING COUNT(*) > 1"""),
    ("a token that was answered and not stored", """
        SELECT id FROM audit WHERE changes LIKE '%token ahead of the database%'"""),
    ("a mail that was given up", "SELECT id FROM outbox WHERE state = 'failed'"),
    ("a mail other than one with a link that went nowhere", """
        SELECT id FROM outbox WHERE state = 'expired' AND template NOT IN ('set-password', 'reset-password')"""),
]


class Audit:
    """The audit, read on from where it was read to, and what it says that users, licences and sessions are like."""

    def __init__(self):
        self.last = 0
        self.done = set()
        self.records = {"user": {}, "license": {}, "session": {}}

    def read_on(self, database):
        rows = database.execute("SELECT id, outcome, request_id, changes FROM audit WHERE id > ?", (self.last,))
        for row, outcome, request, changes in rows:
            self.last = row
            if outcome == "done":
                self.done.add(request)
            for change in json.loads(changes):
                self._apply(change)

    def _apply(self, change):
        records = self.records.get(change["kind"])
        if records is None:
            return
        if change["to"] is None:
            records.pop(change["id"], None)
        else:
            records.setdefault(change["id"], {}).update(change["to"])

    def disagreements(self, kind, stored):
        """Where the records of one kind differ from `stored`, by id, in the fields that both have."""
        told = self.records[kind]
        for name in stored.keys() - told.keys():
            yield f"{kind} {name} is there, and the audit does not know of it"
        for name, fields in told.items():
            if name not in stored:
                yield f"{kind} {name} is not there, and the audit does not know of its end"
                continue
            for field, value in fields.items():
                if field in stored[name] and stored[name][field] != value:
                    yield f"{kind} {name}: {field} is {stored[name][field]}, and by the audit {value}"


class Checks:
    """Of one server with its clients and its mailbox, after each of its starts."""

    def __init__(self, server, workers, mailbox):
        self.server, self.workers, self.mailbox = server, workers, mailbox
        self.audit = Audit()
        self.finished = {}  # Message-ID of a mail that is done with → how often it had come by then
        self.sent_twice = 0

    def run(self):
        self.whole()
        for worker in self.workers:
            worker.settle(self.server.port)
        self.as_answered()
        self.tokens()
        self.mails()
        complaints = self.server.complaints()
        self.fail_if(complaints, "the log has")

    def fail_if(self, findings, what):
        findings = list(findings)
        if findings:
            raise Unexpected(f"{what}: {'; '.join(str(each) for each in findings[:5])} ({len(findings)} in all)")

    def open(self):
        return sqlite3.connect(f"file:{self.server.database}?mode=ro", uri=True, timeout=30)

    def whole(self):
        """Nothing is half there, whoever asked for it: one snapshot of the whole database."""
        database = self.open()
        database.execute("BEGIN")
        self.fail_if((row for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"), "damage")
        self.fail_if(database.execute("PRAGMA foreign_key_check"), "rows that belong to nothing")
        for words, statement in NEVER:
            self.fail_if((row[0] for row in database.execute(statement)), words)
        self.audit.read_on(database)
        users = {row[0]: dict(zip(("email", "name", "role", "status"), row[1:])) for row in database.execute(
            "SELECT id, email, name, role, status FROM users")}
        self.fail_if(self.audit.disagreements("user", users), "the audit and the state")
        self.forget_children(users)
        licenses = {row[0]: {
            "userId": row[1], "seats": row[2], "validUntil": text_of(row[3]), "externalRef": row[4],
        } for row in database.execute("SELECT id, user_id, seats, valid_until, external_ref FROM licenses")}
        self.fail_if(self.audit.disagreements("license", licenses), "the audit and the state")
        sessions = {row[0]: {
            "userId": row[1], "deviceId": row[2], "licenseId": row[3], "endedAt": text_of(row[4]),
        } for row in database.execute("SELECT id, user_id, device_id, license_id, ended_at FROM sessions")}
        self.fail_if(self.audit.disagreements("session", sessions), "the audit and the state")
        database.close()

    def forget_children(self, users):
        """What belonged to a user went with the user; the audit has one row for all of it."""
        for kind in ("license", "session"):
            records = self.audit.records[kind]
            for name in [name for name, fields in records.items() if fields["userId"] not in users]:
                del records[name]

    def as_answered(self):
        """Every answered order is there, as it was answered, and on record."""
        database = self.open()
        self.audit.read_on(database)
        stored = {email: (number, name) for number, email, name in database.execute(
            "SELECT id, email, name FROM users")}
        licenses = {reference: list(rest) for reference, *rest in database.execute(
            "SELECT external_ref, id, user_id, seats, valid_until FROM licenses")}
        live = collections.defaultdict(set)
        for number, user in database.execute("SELECT id, user_id FROM sessions WHERE ended_at IS NULL"):
            live[user].add(number)
        database.close()
        for worker in self.workers:
            ledger = worker.ledger
            self.fail_if(ledger.gone & stored.keys(), "deleted users are back")
            for person in ledger.people.values():
                self.compare(person, stored, licenses, live)
            for attempts, certain in ledger.done:
                there = [name for name in attempts if name in self.audit.done]
                if (certain not in there) if certain else len(there) != 1:
                    raise Unexpected(f"of {attempts} the audit has {there}")
            ledger.done.clear()

    def compare(self, person, stored, licenses, live):
        if stored.get(person.email) != (person.id, person.name):
            raise Unexpected(f"{person.email} is {stored.get(person.email)}, not {(person.id, person.name)}")
        for reference, terms in person.licenses.items():
            wanted = [terms["id"], person.id, terms["seats"], milliseconds_of(terms["validUntil"])]
            if licenses.get(reference) != wanted:
                raise Unexpected(f"licence {reference} is {licenses.get(reference)}, not {wanted}")
        wanted = {session.id for session in person.sessions.values()}
        if live[person.id] != wanted:
            raise Unexpected(f"the sessions of {person.email} are {live[person.id]}, not {wanted}")

    def tokens(self):
        """The newest token of each session in use works, and one whose session has ended does not."""
        client = Client(self.server.port)
        for worker in self.workers:
            ledger = worker.ledger
            for email in ledger.touched & ledger.people.keys():
                for session in ledger.people[email].sessions.values():
                    if session.not_before <= time.monotonic():
                        worker.refresh(client, ledger.people[email], session)
            ended = list(ledger.ended)
            for token in random.sample(ended, min(3, len(ended))):
                status, body = client.ask("POST", "/api/auth/refresh-token", {"refreshToken": token})
                if status != 401:
                    raise Unexpected(f"session {ledger.ended[token]} has ended, and its token is answered {status}")
            ledger.touched.clear()
            ledger.ended.clear()

    def mails(self):
        """Each mail came, once in each life of the server at most; and there are as many as orders that mail."""
        database = self.open()
        deadline = time.monotonic() + 120
        waiting = "SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending')"
        while database.execute(waiting).fetchone()[0]:
            if time.monotonic() > deadline:
                raise Unexpected("mails wait, and are not sent")
            time.sleep(0.05)
        rows = database.execute("SELECT message_id, state, address, template FROM outbox WHERE address LIKE 'w%'")
        there = collections.Counter()
        self.sent_twice = 0
        for name, state, address, template in rows:
            there[address, template] += 1
            lives = self.mailbox.copies.get(name, [])
            if len(lives) != len(set(lives)):
                raise Unexpected(f"mail {name} came twice in one life of the server: {lives}")
            if state == "sent" and not lives:
                raise Unexpected(f"mail {name} was sent, and never came")
            if self.finished.setdefault(name, len(lives)) != len(lives):
                raise Unexpected(f"mail {name} was sent, and came again in a later life of the server: {lives}")
            self.sent_twice += max(0, len(lives) - 1)
        database.close()
        wanted = self.wanted_mails()
        self.fail_if(
            (f"{key}: {there[key]}, not {wanted[key]}" for key in there.keys() | wanted.keys()
             if there[key] != wanted[key]), "mails in the outbox")

    def wanted_mails(self):
        """How many mails of each kind each address must get."""
        wanted = collections.Counter()
        for worker in self.workers:
            ledger = worker.ledger
            for address, template, attempts in ledger.mails_by_audit:
                ledger.mails[address, template] += sum(name in self.audit.done for name in attempts)
            ledger.mails_by_audit.clear()
            wanted += ledger.mails
        return wanted


def text_of(milliseconds):
    if milliseconds is None:
        return None
    time_of = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=milliseconds)
    return time_of.isoformat(timespec="milliseconds") + "Z"


def milliseconds_of(text):
    if text is None:
        return None
    span = datetime.datetime.fromisoformat(text.removesuffix("Z")) - datetime.datetime(1970, 1, 1)
    return span // datetime.timedelta(milliseconds=1)

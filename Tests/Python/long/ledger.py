"""What one client knows for certain: what it asked for, what was answered, and how things must be therefore."""

import collections
import dataclasses

# Commands of which a repetition changes nothing and mails nothing, whether or not the first was done.
MAILED_ONCE = {
    "create-user": "set-password", "delete-user": "account-deleted", "revoke-session": "session-revoked",
    "rename": "profile-updated",
}
# Commands that mail each time they are done.
MAILED_EACH_TIME = {"set-password": "password-updated", "reset-password": "reset-password"}
# Commands that leave a row in the audit whenever they are done.
AUDITED = {
    "create-user", "delete-user", "rename", "set-password", "create-license", "update-license", "delete-license",
    "revoke-session", "login", "logout", "reset-password",
}


@dataclasses.dataclass
class Session:
    id: int
    device: str
    token: str
    # A refresh whose answer was lost is tried again at once, or no earlier than this.
    not_before: float = 0


@dataclasses.dataclass
class Person:
    email: str
    id: int = 0
    name: str = ""
    password: str | None = None
    resets: int = 0
    licenses: dict = dataclasses.field(default_factory=dict)  # reference → {id, seats, validUntil}
    sessions: dict = dataclasses.field(default_factory=dict)  # device → Session


class Ledger:
    """Grows by the answers to commands; what is only in doubt is not in it."""

    def __init__(self):
        self.people = {}
        self.gone = set()
        self.ended = {}  # the token of a session that has ended → when it was noted
        self.mails = collections.Counter()  # (address, template) → how many there must be
        self.mails_by_audit = []  # (address, template, names of the attempts): one for each that was done
        self.done = []  # (names of the attempts of one order, the one that must be in the audit)
        self.touched = set()  # addresses, since the last check
        self.counts = collections.Counter()

    def note(self, order, answer):
        """Puts an answered order on record; `answer` is what ``Worker`` kept of the response."""
        kind, email = order["kind"], order["email"]
        self.counts[kind] += 1
        self.touched.add(email)
        if kind in AUDITED:
            # Of these a repetition leaves no row, or a refusal: what is on record is the attempt that did it.
            is_once = kind in ("logout", "delete-user", "delete-license")
            self.done.append((order["attempts"], None if is_once else order["attempts"][-1]))
        if kind in MAILED_ONCE:
            self.mails[email, MAILED_ONCE[kind]] += 1
        elif kind in MAILED_EACH_TIME:
            self.mails_by_audit.append((email, MAILED_EACH_TIME[kind], order["attempts"]))
        getattr(self, "_" + kind.replace("-", "_"))(self.people.get(email), order, answer)

    def _create_user(self, _, order, answer):
        person = Person(order["email"], answer["userId"], order["name"])
        self.people[person.email] = person
        self._license(person, order, answer)

    def _delete_user(self, person, order, answer):
        for device in list(person.sessions):
            self._end(person, device)
        del self.people[person.email]
        self.gone.add(person.email)

    def _rename(self, person, order, answer):
        person.name = order["name"]

    def _set_password(self, person, order, answer):
        person.password = order["password"]
        self._keep(person, answer["live"])

    def _create_license(self, person, order, answer):
        self._license(person, order, answer)

    def _update_license(self, person, order, answer):
        self._license(person, order, answer)
        self._keep(person, answer["live"])

    def _license(self, person, order, answer):
        person.licenses[order["reference"]] = {
            "id": answer["licenseId"], "seats": order["seats"], "validUntil": order["validUntil"]}

    def _delete_license(self, person, order, answer):
        del person.licenses[order["reference"]]
        self._keep(person, answer["live"])

    def _revoke_session(self, person, order, answer):
        self._keep(person, answer["live"])

    def _login(self, person, order, answer):
        self._keep(person, answer["live"])
        person.sessions[order["device"]] = Session(answer["sessionId"], order["device"], answer["token"])

    def _refresh(self, person, order, answer):
        person.sessions[order["device"]].token = answer["token"]

    def _logout(self, person, order, answer):
        self._end(person, order["device"])

    def _reset_password(self, person, order, answer):
        person.resets += 1

    def _keep(self, person, live):
        for device, session in list(person.sessions.items()):
            if session.id not in live:
                self._end(person, device)

    def _end(self, person, device):
        session = person.sessions.pop(device, None)
        if session:
            self.ended[session.token] = session.id

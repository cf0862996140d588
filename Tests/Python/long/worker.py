"""A client that does everything by turns: a shop with its orders, and the people who bought there."""

import random
import time

from journal import Journal
from ledger import Ledger
from server import Client
from trouble import NoAnswer, Unexpected

DEVICES = ["desk", "laptop", "tablet", "phone"]
ENDS = [None, "2031-01-01T00:00:00.000Z", "2040-06-15T12:30:00.000Z"]
PASSWORD = "walnut harbour 52"


def address():
    """Where a request comes from: one of 2,000 networks."""
    return f"10.0.{random.randrange(8)}.{random.randrange(250)}"


class Worker:
    """Sends one order after the other. An order without an answer is sent again, when there is a server again."""

    def __init__(self, number, folder, webhook, people=8):
        self.name = f"w{number}"
        self.webhook = webhook
        self.most_people = people
        self.journal = Journal(folder / f"{self.name}.journal")
        self.ledger = Ledger()
        self.count = 0
        self.open_order = None
        self.client = None
        self.is_ending = False
        self.repeated = 0
        self.requests = 0
        self._replay()

    def _replay(self):
        for line in self.journal.past:
            if "order" in line:
                self.open_order = line["order"]
                self.count = max(self.count, self.open_order["number"])
            elif "attempt" in line:
                self.repeated += bool(self.open_order["attempts"])
                self.open_order["attempts"].append(line["attempt"])
            else:
                self.ledger.note(self.open_order, line["answer"])
                self.open_order = None
        self.journal.past = []

    def run(self, port, pause):
        """Sends orders until the server is gone or ``is_ending`` is set; other failures are raised."""
        self.client = Client(port)
        try:
            while not self.is_ending:
                self.step()
                time.sleep(random.uniform(0, 2 * pause))
        except NoAnswer:
            pass

    def settle(self, port):
        """Gets the answer to the order that has none."""
        self.client = Client(port)
        if self.open_order:
            self._carry_out(self.open_order)

    def step(self):
        if self.open_order:
            self._carry_out(self.open_order)
        else:
            self._begin(self._next())

    def _begin(self, order):
        self.count += 1
        order |= {"number": self.count, "attempts": []}
        self.journal.add(order=order)
        self.open_order = order
        self._carry_out(order)

    def refresh(self, client, person, session):
        """A refresh on the side, of a session that must be there."""
        self.client = client
        order = {
            "kind": "refresh", "email": person.email, "device": session.device, "token": session.token}
        self._begin(order)

    # What comes next

    def _next(self):
        people = list(self.ledger.people.values())
        if not people or (len(people) < self.most_people and random.random() < 0.1):
            return self._new_person()
        person = random.choice(people)
        if len(people) >= self.most_people and random.random() < 0.02:
            return {"kind": "delete-user", "email": person.email}
        if not person.password:
            return random.choice([self._new_password(person), self._new_name(person), self._new_license(person)])
        chosen = random.choices(
            [self._login, self._refresh, self._logout, self._revoke, self._update_license, self._new_license,
             self._delete_license, self._new_name, self._new_password, self._reset],
            [16, 50, 4, 5, 8, 4, 3, 4, 1, 3])[0]
        return chosen(person) or self._login(person)

    def _new_person(self):
        email = f"{self.name}-{self.count + 1}@example.com"
        return {"kind": "create-user", "email": email, "name": "New", **self._terms(email)}

    def _terms(self, reference):
        return {"reference": reference, "seats": random.randint(1, 3), "validUntil": random.choice(ENDS)}

    def _new_password(self, person):
        return {"kind": "set-password", "email": person.email, "password": f"{PASSWORD} {self.count}"}

    def _new_name(self, person):
        return {"kind": "rename", "email": person.email, "name": f"Name {self.count}"}

    def _new_license(self, person):
        if len(person.licenses) > 2:
            return self._update_license(person)
        return {"kind": "create-license", "email": person.email, **self._terms(f"{self.name}-{self.count + 1}")}

    def _update_license(self, person):
        return {
            "kind": "update-license", "email": person.email, "keep": random.random() < 0.7,
            **self._terms(random.choice(list(person.licenses)))}

    def _delete_license(self, person):
        # The first stays, so that a user without a licence is one that was made by halves.
        extra = [reference for reference in person.licenses if reference != person.email]
        return extra and {"kind": "delete-license", "email": person.email, "reference": random.choice(extra)}

    def _login(self, person):
        return {"kind": "login", "email": person.email, "device": random.choice(DEVICES), "password": person.password}

    def _refresh(self, person):
        return self._on_session("refresh", person)

    def _logout(self, person):
        return self._on_session("logout", person)

    def _revoke(self, person):
        return self._on_session("revoke-session", person)

    def _reset(self, person):
        # Of more an hour the server says nothing, and sends none.
        return person.resets < 3 and {"kind": "reset-password", "email": person.email}

    def _on_session(self, kind, person):
        sessions = [each for each in person.sessions.values() if each.not_before <= time.monotonic()]
        if not sessions:
            return None
        session = random.choice(sessions)
        return {
            "kind": kind, "email": person.email, "device": session.device, "sessionId": session.id,
            "token": session.token}

    # What is sent, and what is kept of the answer

    def _carry_out(self, order):
        self.repeated += bool(order["attempts"])
        attempt = f"{self.name}-{order['number']}.{len(order['attempts']) + 1}"
        order["attempts"].append(attempt)
        self.journal.add(attempt=attempt)
        kind = order["kind"]
        path, payload = self._request(order)
        headers = {
            "X-Request-Id": attempt, "User-Agent": "Studio/1.0",
            "X-Forwarded-For": address()}
        if path == "/api/webhook":
            headers["Authorization"] = f"Bearer {self.webhook}"
        self.requests += 1
        try:
            status, body = self.client.ask("POST", path, payload, headers)
        except NoAnswer:
            self._leave_open(order)
            raise
        if status == 404 and kind in ("delete-user", "delete-license") and len(order["attempts"]) > 1:
            # An earlier attempt has done it.
            status, body = (200, None) if kind == "delete-user" else self._user(order["email"])
        if status == 429 and kind == "refresh":
            self._put_off(order, 60)
            return
        if status != 200:
            raise Unexpected(f"{attempt}, {kind} for {order['email']}, was answered {status}: {body}")
        answer = self._kept(order, body)
        self.journal.add(answer=answer)
        self.open_order = None
        self.ledger.note(order, answer)

    def _user(self, email):
        return self.client.ask(
            "POST", "/api/webhook", {"action": "get-user", "email": email}, {"Authorization": f"Bearer {self.webhook}"})

    def _leave_open(self, order):
        """Half of the refreshes in doubt are tried again when the time for two tabs is over."""
        if order["kind"] == "refresh" and random.random() < 0.5:
            self._put_off(order, 11)

    def _put_off(self, refresh, seconds):
        """The token is kept as it is, for another refresh later."""
        session = self.ledger.people[refresh["email"]].sessions[refresh["device"]]
        session.not_before = time.monotonic() + seconds
        self.open_order = None

    def _request(self, order):
        kind, email = order["kind"], order["email"]
        if kind == "login":
            return "/api/auth/login", {"email": email, "password": order["password"], "deviceId": order["device"]}
        if kind == "refresh":
            return "/api/auth/refresh-token", {"refreshToken": order["token"], "deviceId": order["device"]}
        if kind == "logout":
            return "/api/auth/logout", {"refreshToken": order["token"]}
        if kind == "reset-password":
            return "/api/auth/reset-password", {"email": email}
        terms = {"seats": order.get("seats"), "validUntil": order.get("validUntil") or "never"}
        reference = {"externalRef": order.get("reference")}
        payload = {
            "create-user": {"email": email, "name": order.get("name"), "ifExists": "use", "license": terms | reference},
            "delete-user": {"email": email},
            "rename": {"email": email, "name": order.get("name")},
            "set-password": {"email": email, "password": order.get("password")},
            "create-license": {"email": email} | terms | reference,
            "update-license": {"keepSessions": order.get("keep")} | terms | reference,
            "delete-license": reference,
            "revoke-session": {"sessionId": order.get("sessionId")},
        }[kind]
        action = {"rename": "update-user", "set-password": "update-user"}.get(kind, kind)
        return "/api/webhook", {"action": action} | payload

    def _kept(self, order, body):
        kind = order["kind"]
        if kind == "login":
            live = [session["id"] for session in body["user"]["sessions"]]
            return {"token": body["refreshToken"], "sessionId": body["session"]["id"], "live": live}
        if kind == "refresh":
            return {"token": body["refreshToken"]}
        if kind in ("logout", "reset-password", "delete-user"):
            return {}
        user = body["response"]
        kept = {"userId": user["id"], "live": [session["id"] for session in user["sessions"]]}
        if "license" in user:
            kept["licenseId"] = user["license"]["id"]
        return kept

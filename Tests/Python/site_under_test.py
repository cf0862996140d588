"""A server to try the pages on: makes users by webhook, logs devices in, and reads the mails that it wrote to files."""

import email
import email.policy
import itertools
import json
import pathlib
import re
import time
import urllib.error
import urllib.request


def until(what, condition, seconds=30):
    """Waits for a condition, and gives what it came to."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.02)
    raise TimeoutError(what)


class Site:
    def __init__(self, url, token, mail_folder):
        self.url, self.token, self.mail_folder = url, token, pathlib.Path(mail_folder)
        self.seen = set()
        self.numbers = itertools.count(1)

    def post(self, path, body, **headers):
        headers = {"Content-Type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()}
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def command(self, action, **payload):
        return self.post("/api/webhook", {"action": action} | payload, Authorization=f"Bearer {self.token}")["response"]

    def customer(self, seats=None, name="Anna Berger"):
        """A user with a password and, if `seats` are given, a licence."""
        number = next(self.numbers)
        address = f"anna{number}@example.com"
        more = {}
        if seats:
            more["license"] = {"productId": "Studio", "seats": seats, "validUntil": "2031-12-01"}
        self.command("create-user", email=address, name=name, **more)
        self.command("update-user", email=address, password="walnut harbour 52")
        return address, "walnut harbour 52"

    def log_in(self, address, password, device="Studio/4.2 (Macintosh)", city=None, **more):
        """Logs a program in, as the application does; the place is what a trusted proxy says."""
        place = {"X_Geo_City": city, "X_Geo_Country": "Austria"} if city else {}
        return self.post(
            "/api/auth/login", {"email": address, "password": password} | more, User_Agent=device, **place)

    def is_live(self, login, device="Studio/4.2 (Macintosh)"):
        """Whether a session goes on; this uses its refresh token."""
        try:
            login |= self.post("/api/auth/refresh-token", {"refreshToken": login["refreshToken"]}, User_Agent=device)
            return True
        except urllib.error.HTTPError as error:
            return error.code != 401

    def mail(self, address, containing):
        """The text of the next unread mail to an address that has that in it."""
        def find():
            for path in sorted(self.mail_folder.glob("*.eml")):
                if path in self.seen:
                    continue
                message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                text = message.get_body(("plain",)).get_content() if address in str(message["To"]) else ""
                if containing in text:
                    self.seen.add(path)
                    return text
        return until(f"a mail to {address} with {containing}", find)

    def reset_mail(self, address):
        """The next mail that was asked for; an invitation may be there too, whose link lives longer."""
        return self.mail(address, "30 minutes")

    def link(self, address):
        """A new link to set a password."""
        self.post("/api/auth/reset-password", {"email": address})
        text = self.reset_mail(address)
        return self.url + re.search(r"/create-password\?token=[\w-]+", text)[0]

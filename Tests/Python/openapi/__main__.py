"""Calls a server as its own description says, and in every way that the description forbids, with schemathesis.

Usage: python Tests/Python/openapi URL [option of `st run` …], with the webhook token of an administrator on standard
input. The server must be one of its own, without limits (USHER_RATE_LIMITS=off): much of what is in it is changed.
Ends with 1 when the document is no OpenAPI, or when an answer is none that the document describes.
"""

import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

from openapi_spec_validator import validate

FOLDER = Path(__file__).resolve().parent
URL = sys.argv[1]
PASSWORD = "quiet harbour 4711"
# The users whose logins and token are used, with their numbers.
KEEPERS = {}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect())


def call(path, body=None, headers=None):
    """The answer to a request, also to one that was refused."""
    request = urllib.request.Request(URL + path, body, headers or {})
    try:
        return OPENER.open(request)
    except urllib.error.HTTPError as answer:
        return answer


def post(path, payload, token=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    answer = call(path, json.dumps(payload).encode(), headers)
    text = answer.read().decode()
    if answer.status != 200:
        sys.exit(f"{path} {payload.get('action', '')}: {answer.status} {text}")
    return json.loads(text)


def fill(token):
    """Makes what the examples of the document are about, before what this run itself needs: requests that end or delete
    something name small numbers."""
    def run(action, **payload):
        return post("/api/webhook", {"action": action, "notify": False} | payload, token)["response"]

    for number in range(10):
        run("create-user", email=f"user{number}@example.com", name=f"User {number}",
            license={"validUntil": "never", "seats": 3})
    anna = run("create-user", email="anna@example.com", name="Anna Berger", externalRef="customer-7",
               license={"validUntil": "never", "externalRef": "order-1042", "productId": "studio"})["id"]
    for number in range(25):
        post("/api/webhook", {"action": "create-license", "userId": anna, "validUntil": "never"}, token)
    run("update-user", userId=anna, password=PASSWORD)
    for number in range(5):
        post("/api/auth/login", {"email": "anna@example.com", "password": PASSWORD, "deviceId": f"device {number}"})
    for email, role in [("keeper@example.com", "ADMIN"), ("visitor@example.com", "OWNER")]:
        KEEPERS[email] = run("create-user", email=email, name="Kay Keeper", role=role)["id"]
        run("update-user", email=email, password=PASSWORD)


def keeper_token():
    """A webhook token of a user with a large number, after others; and its own number."""
    login = post("/api/auth/login", {"email": "keeper@example.com", "password": PASSWORD})
    for number in range(8):
        made = post("/api/webhook/create", {"name": f"Token {number}"}, login["accessToken"])
    return made["token"], made["id"]


def visitor_cookie():
    """The login of the page on which people look after their account."""
    page = call("/account").read().decode()
    fields = {"form": re.search(r'name="form" value="([^"]+)"', page)[1], "email": "visitor@example.com",
              "password": PASSWORD}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = call("/account/login", urllib.parse.urlencode(fields).encode(), headers)
    return re.match(r"account=([^;]+)", answer.headers["Set-Cookie"])[1]


def main():
    with call("/openapi.json") as answer:
        validate(json.load(answer))
    fill(sys.stdin.read().strip())
    (token, number), cookie = keeper_token(), visitor_cookie()
    kept = {"userId": [str(user) for user in KEEPERS.values()], "email": list(KEEPERS), "webhookId": [str(number)]}
    environment = os.environ | {
        "USHER_WEBHOOK_TOKEN": token, "USHER_ACCOUNT_COOKIE": cookie, "USHER_EMAIL": "keeper@example.com",
        "USHER_PASSWORD": PASSWORD, "USHER_KEPT": json.dumps(kept),
        "PYTHONPATH": str(FOLDER), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1",
    }
    program = [Path(sys.executable).with_name("st"), "--config-file", FOLDER / "schemathesis.toml", "run"]
    status = subprocess.run([*program, URL + "/openapi.json", *sys.argv[2:]], env=environment).returncode
    # Otherwise most of what was called was refused for want of them.
    post("/api/webhook", {"action": "get-user", "email": "keeper@example.com"}, token)
    if "end-session" not in call("/account", headers={"Cookie": f"account={cookie}"}).read().decode():
        sys.exit("the login of the page is over")
    sys.exit(status)


main()

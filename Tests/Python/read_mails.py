"""Reads mails with Python's own mail package, by both of its policies, and says where they differ from what was meant.

Usage: python3 read_mails.py FOLDER

FOLDER has expected.json, a list of {"name", "subject", "text", "html"}, and for each its message as 0.eml, 1.eml, and so on.
Prints a line of JSON for each problem, {"mail", "problem"}, and at last {"read": n}.
"""

import email
import json
import re
import sys
from email import policy
from email.header import decode_header, make_header
from pathlib import Path

ENCODED_WORD = re.compile(rb"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=")


def problems_of_the_form(raw: bytes):
    if raw.replace(b"\r\n", b"").translate(None, b"\r\n") != raw.replace(b"\r\n", b""):
        yield "a CR or LF that is no line break"
    if not raw.endswith(b"\r\n"):
        yield "the last line does not end"
    if any(byte >= 0x80 or byte == 0 for byte in raw):
        yield "a byte beyond ASCII"
    head = raw.split(b"\r\n\r\n", 1)[0]
    if any(len(line) > 998 for line in raw.split(b"\r\n")):
        yield "a line over 998"
    if any(len(line) > 78 for line in head.split(b"\r\n")):
        yield "a line of the header over 78"
    if any(len(line) > 76 for line in raw.split(b"\r\n\r\n", 1)[1].split(b"\r\n")):
        yield "a line of the body over 76"
    if any(not line.strip() for line in head.split(b"\r\n")):
        yield "a line of nothing but white space in the header"
    if any(line.startswith(b"From ") for line in raw.split(b"\r\n")):
        yield "a line that mbox takes for the next mail"
    for word in ENCODED_WORD.findall(head):
        if len(word) > 75:
            yield f"an encoded-word of {len(word)}"


def lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def differences(got: dict, expected: dict):
    for field, value in got.items():
        if value != expected[field]:
            yield f"{field}: {value!r} for {expected[field]!r}"


def by_compat32(raw: bytes) -> dict:
    message = email.message_from_bytes(raw, policy=policy.compat32)
    name, address = email.utils.parseaddr(unfolded(message["to"]))
    text, html = message.get_payload()
    return {
        "name": str(make_header(decode_header(name))),
        "address": address,
        "subject": str(make_header(decode_header(unfolded(message["subject"])))),
        "text": lines(text.get_payload(decode=True).decode(text.get_content_charset())),
        "html": lines(html.get_payload(decode=True).decode(html.get_content_charset())),
    }


def unfolded(value: str) -> str:
    return re.sub(r"\r?\n(?=[ \t])", "", value)


def by_default(raw: bytes) -> tuple[dict, list[str]]:
    message = email.message_from_bytes(raw, policy=policy.default)
    mailbox = message["to"].addresses[0]
    defects = [str(d) for part in message.walk() for d in part.defects]
    defects += [str(d) for value in message.values() for d in getattr(value, "defects", [])]
    read = {
        "name": mailbox.display_name,
        "address": mailbox.addr_spec,
        "subject": str(message["subject"]),
        "text": lines(message.get_body(("plain",)).get_content()),
        "html": lines(message.get_body(("html",)).get_content()),
    }
    return read, defects


def loosened(expected: dict, read: dict) -> tuple[dict, dict]:
    """Takes out what this policy of Python 3.11 does not keep of a correct header (RFC 2047 §6.2)."""
    expected, read = dict(expected), dict(read)
    for field in ["name", "subject"]:
        # It puts a space between the encoded-words of a name (bpo-35547), and takes rare separators for line breaks.
        for side in (expected, read):
            side[field] = "".join(side[field].split())
    return expected, read


def main() -> None:
    folder = Path(sys.argv[1])
    expectations = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for number, expected in enumerate(expectations):
        raw = (folder / f"{number}.eml").read_bytes()
        expected = expected | {field: lines(expected[field]) for field in ["text", "html"]}
        problems = list(problems_of_the_form(raw))
        problems += [f"compat32: {d}" for d in differences(by_compat32(raw), expected)]
        read, defects = by_default(raw)
        loose_expected, loose_read = loosened(expected, read)
        problems += [f"default: {d}" for d in differences(loose_read, loose_expected)]
        problems += [f"default: {d}" for d in defects]
        for problem in problems:
            print(json.dumps({"mail": number, "problem": problem}))
    print(json.dumps({"read": len(expectations)}))


if __name__ == "__main__":
    main()

"""Real SMTP servers on loopback for the tests, with STARTTLS and with TLS from the start; both want a log-in.

Usage: python3 smtp_server.py FOLDER        (needs aiosmtpd, and the program openssl)

Writes cert.pem and other.pem (a certificate that signed nothing here) to FOLDER. The first line on standard output has the
ports, as JSON; then comes a line for each mail, as Python's own mail package reads it. Ends with SIGTERM.
"""

import asyncio
import email
import email.message
import json
import logging
import ssl
import subprocess
import sys
from email import policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def make_certificate(folder: Path, name: str) -> tuple[Path, Path]:
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1",
            "-out", certificate, "-keyout", key,
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


def tell(value: dict) -> None:
    print(json.dumps(value), flush=True)


def content(message: email.message.EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return body.get_content().replace("\r\n", "\n") if body else ""


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("bad"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=policy.default)
        parts = list(message.walk())
        tell(
            {
                "authenticated": bool(session.authenticated),
                "sender": envelope.mail_from,
                "recipients": envelope.rcpt_tos,
                "to": message["to"].addresses[0].display_name,
                "subject": message["subject"],
                "messageID": message["message-id"],
                "text": content(message, "plain"),
                "html": content(message, "html"),
                "defects": [str(d) for part in parts for d in part.defects]
                + [str(d) for value in message.values() for d in getattr(value, "defects", [])],
            }
        )
        return "250 2.0.0 stored"


def authenticate(server, session, envelope, mechanism, data):
    is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"ann@example.com", b"p:/?#%\xc3\xa4")
    # With `handled` true a wrong password would get no answer at all.
    return AuthResult(success=is_known, handled=False)


async def main() -> None:
    folder = Path(sys.argv[1])
    certificate, key = make_certificate(folder, "cert")
    make_certificate(folder, "other")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    common = {"authenticator": authenticate, "auth_required": True}
    loop = asyncio.get_running_loop()
    # A client that refuses our certificate is what some tests are about.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    # aiosmtpd's Controller cannot be given port 0.
    start_tls = await loop.create_server(
        lambda: SMTP(Handler(), tls_context=context, require_starttls=True, **common), "127.0.0.1", 0
    )
    implicit = await loop.create_server(
        lambda: SMTP(Handler(), auth_require_tls=False, **common), "127.0.0.1", 0, ssl=context
    )
    tell({name: server.sockets[0].getsockname()[1] for name, server in [("startTLS", start_tls), ("implicit", implicit)]})
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())

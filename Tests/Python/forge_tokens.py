"""An issuer whose tokens are good and bad, to try verifiers on.

Serves the keys at /.well-known/jwks.json on a port of its own, until it is ended. Prints a line of JSON with the port and
the tokens (name, token, what to say of it), and then a line `fetched` each time that somebody asks for the keys.
"""

import base64
import hashlib
import hmac
import http.server
import json
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY, FOREIGN_KEY = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
JWK = {**json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key())), "kid": "key-1", "alg": "ES256", "use": "sig"}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("fetched", flush=True)
        body = json.dumps({"keys": [JWK]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/jwk-set+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def tokens(issuer):
    now = int(time.time())
    header = {"typ": "at+jwt", "kid": "key-1"}
    claims = {"iss": issuer, "aud": issuer, "sub": "7", "userId": 7, "sid": 9, "role": "OWNER", "status": "ACTIVE",
              "limited": False, "limitedReason": None, "licenseId": 3, "productId": "studio",
              "licenseValidUntil": None, "iat": now, "exp": now + 600, "jti": "x"}

    def signed(headers={}, key=KEY, **changes):
        body = {name: value for name, value in {**claims, **changes}.items() if value != "left out"}
        return jwt.encode(body, key, algorithm="ES256",
                          headers={name: value for name, value in {**header, **headers}.items() if value != "left out"})

    def symmetric(secret):
        head = encode(json.dumps({**header, "alg": "HS256"}).encode())
        text = head + "." + signed().split(".")[1]
        return text + "." + encode(hmac.new(secret, text.encode(), hashlib.sha256).digest())

    good = signed()
    head, body, signature = good.split(".")
    raw = decode(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    admin = encode(json.dumps({**claims, "role": "ADMIN"}).encode())
    no_algorithm = encode(json.dumps({**header, "alg": "none"}).encode())
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return [
        ("good", good, "user 7"),
        ("limited", signed(limited=True, productId=None, licenseId=None), "user 7, limited"),
        ("within the leeway", signed(exp=now - 5), "user 7"),
        ("beyond the leeway", signed(exp=now - 31), "refused"),
        ("expired", signed(exp=now - 3600), "refused"),
        ("without an end", signed(exp="left out"), "refused"),
        ("another audience", signed(aud="https://other.example.com"), "refused"),
        ("without an audience", signed(aud="left out"), "refused"),
        ("another issuer", signed(iss="https://other.example.com"), "refused"),
        ("issuer with a slash", signed(iss=issuer + "/"), "refused"),
        ("another product", signed(productId="render"), "refused"),
        ("typ JWT", signed({"typ": "JWT"}), "refused"),
        ("without a typ", signed({"typ": None}), "refused"),
        ("alg none", no_algorithm + "." + body + ".", "refused"),
        ("alg none with the signature", no_algorithm + "." + body + "." + signature, "refused"),
        ("HS256 under the PEM", symmetric(pem), "refused"),
        ("HS256 under the JWK", symmetric(json.dumps(JWK).encode()), "refused"),
        ("another key's signature", signed(key=FOREIGN_KEY), "refused"),
        ("an unknown key", signed({"kid": "key-2"}, key=FOREIGN_KEY), "refused"),
        ("another unknown key", signed({"kid": "key-3"}, key=FOREIGN_KEY), "refused"),
        ("without a kid", signed({"kid": "left out"}), "refused"),
        ("a key in the header", signed({"kid": "key-4", "jwk": json.loads(
            jwt.algorithms.ECAlgorithm.to_jwk(FOREIGN_KEY.public_key()))}, key=FOREIGN_KEY), "refused"),
        ("crit", signed({"crit": ["x"], "x": 1}), "refused"),
        ("changed claims", head + "." + admin + "." + signature, "refused"),
        ("a signature of another form", head + "." + body + "." + encode(der), "refused"),
        ("an empty signature", head + "." + body + ".", "refused"),
        ("a signature of zeros", head + "." + body + "." + encode(bytes(64)), "refused"),
        ("a signature in two spellings", good[:-1] + chr(ord(good[-1]) + 1), "refused"),
        ("a refresh token", "ush_rt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "refused"),
        ("nothing", "", "refused"),
        ("rubbish", "a.b.c", "refused"),
        ("rubbish in the header", encode(b"[1]") + "." + body + "." + signature, "refused"),
        ("null in the header", encode(b"null") + "." + body + "." + signature, "refused"),
        ("a list as kid", encode(b'{"alg":"ES256","typ":"at+jwt","kid":["key-1"]}') + "." + body + "." + signature,
         "refused"),
        ("very long", signed(name="x" * 5000), "refused"),
        ("good again", good, "user 7"),
    ]


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
names = ["name", "token", "verdict"]
listed = [dict(zip(names, case)) for case in tokens(f"http://localhost:{server.server_port}")]
print(json.dumps({"port": server.server_port, "tokens": listed}), flush=True)
server.serve_forever()

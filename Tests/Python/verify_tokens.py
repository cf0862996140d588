"""Verifies access tokens as a resource server would, with three libraries that share no code with Usher.

Usage: verify_tokens.py JWKS_URL ISSUER AUDIENCE, with {"good": token, "expired": token} on standard input.
Prints a line for each check, and ends with 1 if any came out wrong.
"""

import base64
import hashlib
import hmac
import json
import sys
import urllib.request

import jwt  # PyJWT
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.jose.errors import JoseError as AuthlibError
from joserfc import jwt as joserfc_jwt
from joserfc.errors import JoseError as JoserfcError
from joserfc.jwk import KeySet

JWKS_URL, ISSUER, AUDIENCE = sys.argv[1:]


def fetch_keys():
    with urllib.request.urlopen(JWKS_URL) as answer:
        return json.load(answer)


def with_pyjwt(token, audience):
    key = jwt.PyJWKClient(JWKS_URL).get_signing_key_from_jwt(token)
    return jwt.decode(token, key.key, algorithms=["ES256"], issuer=ISSUER, audience=audience,
                      options={"require": ["exp", "iat", "iss", "aud", "sub"]})


def with_joserfc(token, audience):
    decoded = joserfc_jwt.decode(token, KeySet.import_key_set(fetch_keys()), algorithms=["ES256"])
    rules = joserfc_jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": ISSUER}, aud={"essential": True, "value": audience}, exp={"essential": True})
    rules.validate(decoded.claims)
    return decoded.claims


def with_authlib(token, audience):
    options = {"iss": {"essential": True, "value": ISSUER}, "aud": {"essential": True, "value": audience},
               "exp": {"essential": True}}
    claims = JsonWebToken(["ES256"]).decode(token, JsonWebKey.import_key_set(fetch_keys()), claims_options=options)
    claims.validate()
    return claims


def encode(part):
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def without_signature(token):
    """The token with `alg: none`."""
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    header["alg"] = "none"
    return encode(json.dumps(header).encode()) + "." + token.split(".")[1] + "."


def signed_with_public_key(token):
    """The token as HS256 under the public key, for verifiers that take the algorithm from the header."""
    jwk = fetch_keys()["keys"][0]
    header = encode(json.dumps({"alg": "HS256", "typ": "at+jwt", "kid": jwk["kid"]}).encode())
    signed = header + "." + token.split(".")[1]
    return signed + "." + encode(hmac.new(json.dumps(jwk).encode(), signed.encode(), hashlib.sha256).digest())


def main():
    tokens = json.load(sys.stdin)
    good, expired = tokens["good"], tokens["expired"]
    cases = [
        ("a good token", good, AUDIENCE, True),
        ("an expired token", expired, AUDIENCE, False),
        ("another audience", good, "https://other.example.com", False),
        ("alg none", without_signature(good), AUDIENCE, False),
        ("HS256 under the public key", signed_with_public_key(good), AUDIENCE, False),
    ]
    refusals = (jwt.PyJWTError, JoserfcError, AuthlibError, ValueError)
    failed = 0
    for library, verify in [("PyJWT", with_pyjwt), ("joserfc", with_joserfc), ("authlib", with_authlib)]:
        for name, token, audience, expected in cases:
            try:
                accepted, why = verify(token, audience)["sub"] is not None, ""
            except refusals as error:
                accepted, why = False, f" ({type(error).__name__})"
            verdict = "accepted" if accepted else "refused"
            failed += accepted != expected
            print(f"{'ok' if accepted == expected else 'WRONG'}: {library}: {name}: {verdict}{why}")
    sys.exit(1 if failed else 0)


main()

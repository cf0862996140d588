"""What the fuzzing begins with: a folder of inputs for each target, from the commands, small examples, and, if
USHER_TEST_DATA says where they are, the public suites of JSON and JSON Schema.

    python3 Fuzz/seeds.py FOLDER
"""

import json
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Larger inputs make every step slower, and hold nothing that smaller ones do not.
LARGEST = 8192

DOCUMENTS = [
    b'{"a":[1,-0.5e+10,12345678901234567890,1e400,true,false,null],"b":{"c":"\\u00e9\\ud83d\\ude00\\n","":{}}}',
    b'[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]', b'"\xc3\xa9\xf0\x9f\x98\x80"', b' [ ] ',
    b'[0.3,0.1,3,1,30,0.30,3e-1,9223372036854775807,18446744073709551615,-9223372036854775808,9223372036854775808.5]',
    json.dumps([{f"name{place % 50}": place} for place in range(60)]).encode(),
]
SCHEMAS = [
    {"$id": "https://example.com/a", "$defs": {"n": {"$anchor": "n", "type": "integer"}}, "$ref": "#n"},
    {"$dynamicAnchor": "node", "properties": {"next": {"$dynamicRef": "#node"}}, "unevaluatedProperties": False},
    {"anyOf": [{"required": ["id"]}, {"required": ["email"]}], "x-missing": "an id or an address is required"},
    {"patternProperties": {"^x-": True}, "additionalProperties": False, "propertyNames": {"maxLength": 3}},
    {"prefixItems": [True, {"type": "string"}], "items": False, "contains": {"const": 1}, "minContains": 2},
    {"if": {"type": "object"}, "then": {"minProperties": 1}, "else": {"enum": [1, "a"]}, "unevaluatedItems": False},
    {"type": ["string", "null"], "format": "date-time", "pattern": "^[0-9]+$", "x-expected": "a time"},
    {"oneOf": [{"multipleOf": 0.1}, {"maximum": 2}, {"not": {}}], "dependentSchemas": {"a": {"required": ["b"]}}},
]
VALUES = [None, 1, 0.3, "2027-01-31T09:30:00Z", [1, "a", 1], {"a": 1, "b": {"next": {"x-a": []}}, "email": "a@b.de"}]
PATTERNS = [
    ("^[1-9][0-9]{0,14}$", "12"), ("(a|b)*c+?\\b", "abc d"), ("^\\p{Lu}\\P{L}[^\\d\\s]$", "\u00c41x"), ("[]|[^]", "a"),
    ("(?:a{2,3}){2,}|\\u{1F600}", "aaaaa"), ("(?<n>a?)*\\B.", "\U0001f600"), ("\\cA\\x41\\u0041[\\b-\\]]", "\x01AA]"),
    ("(?=a)", "a"), ("(a)\\1", "aa"), ("\\p{Script=Greek}+\\p{sc=Latn}$", "\u03b1a"), ("x*y*z*$", "xxyyzz"),
]
FORMATS = [
    "2027-02-28T23:59:60.5+01:00", "P1Y2M3DT4H5M6S", "a.\"b c\"@[IPv6:::1]", "xn--bcher-kva.example", "b\u00fccher.de",
    "192.0.2.1", "2001:db8::192.0.2.1", "https://u@h:1/p;a?q=%20#f", "//\u00e9/\u00e9?\ue000", "/users/{id}{?a*,b:3}",
    "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "^(a|b)$", "/a~1b/0", "1+2/a#",
    "\u0633\u200c\u0628", "\u30fb\u30a2", "a\u00b7l",
]
TOKENS = [
    "ush_rt_AAAAAQAAAAAAAAAHAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ush_wh_abc", "ush_pw_",
    "ush_pw_AAAAAQAAAAAAAAAHAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "eyJhbGciOiJub25lIn0.eyJzaWQiOjF9.",
    "\x05\x02A\x85\x80B", "\x00\x01\x00", "\x20\x00A\x21\x00B\x22\x01\x00",
]
COOKIES = [
    "\x03__Host-refreshToken=ush_rt_AB; a=b", "\x00refreshToken=ush_rt_AB", "\x01a=b; refreshToken = \"x\" ;;=\nb=c=d",
    "\x07__Host-account=x;__Host-account=y\naccount=z", "\x02__Host-=;__Host-refreshToken",
]
FORMS = [
    "action=create-user&email=a%40example.com&license.seats=2&license.productId=pro", "a=1&a=2", "a.b=1&a=2",
    "&&=&a&b=", "a.b.c.d.e.f.g.h=%F0%9F%98%80+x", "a=%", "%zz=1", "a.=.&..=&.a=", "a%2eb=1&a.c=2", "%ff=%C3",
]


def suite_groups():
    """The groups of the suite of JSON Schema: a schema and documents."""
    folder = pathlib.Path(os.environ.get("USHER_TEST_DATA", "/nowhere"), "json-schema-suite", "tests")
    for path in sorted(folder.rglob("*.json")):
        yield from json.loads(path.read_text())


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def whole(schema, shared):
    """The schema with those of the shared ones that it needs."""
    needed = {}
    while missing := set(re.findall(r"#/\$defs/(\w+)", json.dumps([schema, needed]))) - needed.keys():
        needed.update((name, shared[name]) for name in sorted(missing))
    return {**schema, "$defs": needed}


def inputs():
    """For each target the inputs, as bytes."""
    commands = json.loads((ROOT / "commands.json").read_text())
    of_commands = [whole(command["input"], commands["$defs"]) for command in commands["commands"].values()]
    groups = list(suite_groups())
    texts = [test["data"] for group in groups for test in group["tests"] if isinstance(test["data"], str)]
    folder = pathlib.Path(os.environ.get("USHER_TEST_DATA", "/nowhere"), "json-parsing")
    yield "json", DOCUMENTS + [path.read_bytes() for path in sorted(folder.glob("*.json"))]
    yield "schema", [compact(value) for value in SCHEMAS + [group["schema"] for group in groups] + of_commands]
    yield "validator", [compact([schema, *VALUES]) for schema in SCHEMAS + of_commands[:3]] + [
        compact([group["schema"], *(test["data"] for test in group["tests"])]) for group in groups]
    yield "pattern", ["\0".join(pair).encode() for pair in PATTERNS]
    yield "format", [text.encode("utf-8", "replace") for text in FORMATS + texts]
    for name, examples in [("token", TOKENS), ("cookie", COOKIES), ("form", FORMS)]:
        yield name, [text.encode("latin-1" if name == "token" else "utf-8") for text in examples]


def main():
    for target, examples in inputs():
        folder = pathlib.Path(sys.argv[1], target)
        folder.mkdir(parents=True, exist_ok=True)
        for place, example in enumerate(example for example in examples if len(example) <= LARGEST):
            (folder / f"seed-{place:04}").write_bytes(example)


if __name__ == "__main__":
    main()

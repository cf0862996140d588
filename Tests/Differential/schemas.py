"""Random schemas and documents, with what Python's jsonschema says of them, in the form of the official suite.

    python3 Tests/Differential/schemas.py FOLDER [SEED]
    usher validate --suite FOLDER

Every failure is a document of which the two think differently. It needs the package jsonschema.
"""

import json
import pathlib
import random
import sys

from jsonschema import Draft202012Validator

GROUPS, DOCUMENTS = 600, 8
NAMES = ["a", "b", "c", "foo"]
NUMBERS = [0, 1, 2, 3, -1, 1.0, 1.5, 0.3, 10, 1e3, 12345678901234567890]
TEXTS = ["", "a", "ab", "abc", "foo", "é", "1", "2027-01-01"]
TYPES = ["string", "integer", "number", "object", "array", "null", "boolean", ["string", "object"], ["array", "integer"]]


def document(random, depth=0):
    kind = random.randrange(8 if depth < 3 else 5)
    if kind == 0:
        return random.choice([None, True, False])
    if kind <= 2:
        return random.choice(NUMBERS)
    if kind <= 4:
        return random.choice(TEXTS)
    if kind == 5:
        return [document(random, depth + 1) for _ in range(random.randrange(4))]
    return {name: document(random, depth + 1) for name in random.sample(NAMES, random.randrange(4))}


def assertions(random):
    """Keywords without subschemas, each with a way to make its value."""
    few = lambda: random.choice([0, 1, 2])
    return {
        "type": lambda: random.choice(TYPES), "const": lambda: document(random, 2),
        "enum": lambda: [document(random, 2) for _ in range(3)], "minimum": lambda: random.choice([0, 1, 1.5]),
        "maximum": lambda: random.choice([1, 2, 2.5]), "exclusiveMinimum": few, "exclusiveMaximum": few,
        "multipleOf": lambda: random.choice([1, 2, 3]), "minLength": few, "maxLength": few,
        "pattern": lambda: random.choice(["^a", "b$", "[a-c]+", "^.$", "o{2}"]), "minItems": few, "maxItems": few,
        "uniqueItems": lambda: random.choice([True, False]), "minProperties": few, "maxProperties": few,
        "required": lambda: random.sample(NAMES, random.choice([1, 2])),
        "dependentRequired": lambda: {random.choice(NAMES): random.sample(NAMES, 1)},
        "minContains": few, "maxContains": lambda: random.choice([1, 2])}


def applicators(random, depth):
    """Keywords with subschemas."""
    one = lambda: schema(random, depth + 1)
    some = lambda: [one() for _ in range(random.choice([1, 2, 3]))]
    makers = dict.fromkeys(
        ["additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else",
         "unevaluatedProperties", "unevaluatedItems"], one)
    makers.update(dict.fromkeys(["prefixItems", "allOf", "anyOf", "oneOf"], some))
    makers["properties"] = lambda: {name: one() for name in random.sample(NAMES, 2)}
    makers["patternProperties"] = lambda: {random.choice(["^a", "o", "."]): one()}
    makers["dependentSchemas"] = lambda: {random.choice(NAMES): one()}
    makers["$ref"] = lambda: "#/$defs/other"
    return makers


def schema(random, depth=0):
    if depth > 0 and random.random() < 0.08:
        return random.choice([True, False])
    makers = assertions(random)
    if depth < 3:
        makers.update(applicators(random, depth))
    return {name: makers[name]() for name in random.sample(sorted(makers), random.randrange(1, 4))}


def group(random):
    root = {**schema(random), "$defs": {"other": schema(random, 3)}}
    validator = Draft202012Validator(root)
    values = [document(random) for _ in range(DOCUMENTS)]
    return {"description": json.dumps(root), "schema": root, "tests": [
        {"description": json.dumps(value), "data": value, "valid": validator.is_valid(value)} for value in values]}


def main():
    folder, seed = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "1"
    folder.mkdir(parents=True, exist_ok=True)
    source = random.Random(seed)
    (folder / f"{seed}.json").write_text(json.dumps([group(source) for _ in range(GROUPS)]))


if __name__ == "__main__":
    main()

"""Measures JSON and JSON Schema: from bytes to a verdict, against Python's json.loads and jsonschema-rs."""

import json
import pathlib
import statistics
import subprocess
import uuid

from harness import ROOT, at_least, say


def measure_schema(folder, options, table):
    """Inputs by the schemas of commands.json and by a large one, and a large document, in alternating rounds."""
    cases = pathlib.Path(folder) / "schemas.json"
    inputs = commands()
    cases.write_text(json.dumps(inputs + [webhook(inputs), orders()]))
    mine = [ROOT / ".build/release/schema-benchmark", cases]
    theirs = [ROOT / ".venv-bench/bin/python", ROOT / "Benchmarks/schema_peer.py", cases]
    rounds = {"usher": [], "peer": []}
    for number in range(options.rounds):
        say(f"round {number + 1} of {options.rounds}: JSON Schema here and by jsonschema-rs")
        for name, program in (("usher", mine), ("peer", theirs)):
            rounds[name].append(json.loads(subprocess.check_output([str(word) for word in program], text=True)))
    for mine, theirs in zip(rounds["usher"][0], rounds["peer"][0]):
        if mine["valid"] != theirs["valid"]:
            raise RuntimeError(f"the verdicts on a document of {mine['name']} differ: {mine} {theirs}")
    large = {"webhook": "the same by one large schema", "orders": "a document of 110 KB"}
    for what in ("inputs of commands", *large.values()):
        def is_meant(row, what=what):
            return large.get(row["name"], "inputs of commands") == what
        for verdict, valid in (("valid", True), ("invalid", False)):
            def total(name, part):
                return statistics.median(
                    sum(row[part] for row in result if is_meant(row) and row["valid"] == valid)
                    for result in rounds[name])
            for part, goal in (("both", at_least(2)), ("alone", None)):
                peer, usher = total("peer", part), total("usher", part)
                label = "bytes to verdict" if part == "both" else "validation alone"
                table.add(f"{label}, {what}, {verdict}: jsonschema-rs ÷ Usher", peer / usher, "×", goal,
                          f"{peer / 1000:,.1f} µs ÷ {usher / 1000:,.1f} µs")


def commands():
    """The inputs of all actions: their examples, and each with one field too many."""
    document = json.loads((ROOT / "commands.json").read_text())
    cases = []
    for action, entry in document["commands"].items():
        inputs = [example["input"] for example in entry.get("examples", [])]
        schema = {**entry["input"], "$defs": used(entry["input"], document["$defs"])}
        wrong = [{**value, "unknown": 1} for value in inputs]
        cases.append({"name": action, "schema": schema, "documents": [json.dumps(value) for value in inputs + wrong]})
    return cases


def webhook(inputs):
    """One schema for all actions, which looks at `action` as a webhook's body does, and the same documents with it."""
    documents = [
        json.dumps({"action": case["name"], **json.loads(text)}) for case in inputs for text in case["documents"]]
    branches = []
    for case in inputs:
        schema = {key: value for key, value in case["schema"].items() if key != "$defs"}
        schema["properties"] = {"action": {"const": case["name"]}, **schema.get("properties", {})}
        branches.append({"if": {"properties": {"action": {"const": case["name"]}}}, "then": schema})
    definitions = {name: value for case in inputs for name, value in case["schema"]["$defs"].items()}
    return {
        "name": "webhook", "documents": documents,
        "schema": {"type": "object", "required": ["action"], "allOf": branches, "$defs": definitions}}


def used(schema, definitions):
    """The definitions that a schema refers to, itself or by way of another."""
    found, waiting = {}, [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            name = str(value.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in found:
                found[name] = definitions[name]
                waiting.append(definitions[name])
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found


ORDERS = {
    "type": "object", "required": ["orders"],
    "properties": {"orders": {"type": "array", "items": {"$ref": "#/$defs/order"}}},
    "$defs": {
        "order": {
            "type": "object", "required": ["id", "customer", "lines"], "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "format": "uuid"}, "placed": {"type": "string", "format": "date-time"},
                "customer": {"$ref": "#/$defs/customer"},
                "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/line"}},
                "note": {"type": ["string", "null"], "maxLength": 200}}},
        "customer": {
            "type": "object", "required": ["name", "email"],
            "properties": {
                "name": {"type": "string", "minLength": 1}, "email": {"type": "string", "format": "email"},
                "address": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/address"}]}}},
        "address": {
            "type": "object", "required": ["street", "zip"],
            "properties": {
                "street": {"type": "string"}, "zip": {"type": "string", "pattern": "^[0-9]{5}$"},
                "country": {"enum": ["DE", "FR", "US", "AT"]}}},
        "line": {
            "type": "object", "required": ["sku", "count", "price"], "additionalProperties": False,
            "properties": {
                "sku": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}$"},
                "count": {"type": "integer", "minimum": 1, "maximum": 1000},
                "price": {"type": "number", "exclusiveMinimum": 0},
                "tags": {"type": "array", "items": {"type": "string", "maxLength": 20}, "uniqueItems": True}}}}}


def orders():
    """200 orders, and the same with a mistake in the last line of the last one."""
    value = {"orders": [{
        "id": str(uuid.UUID(int=number * 7919 ** 9 % 2 ** 128)), "placed": f"2027-01-{number % 28 + 1:02}T09:30:00Z",
        "customer": {
            "name": f"Anna Müller {number}", "email": f"anna{number}@example.com",
            "address": {"street": f"Lange Straße {number}", "zip": f"{10000 + number}", "country": "DE"}},
        "lines": [{
            "sku": f"ABC-{line * 7:04}", "count": line + 1, "price": 1 + number * 37 % 100 / 100 + line,
            "tags": ["red", "sale"]} for line in range(4)],
        "note": None if number % 2 else "Please ring twice."} for number in range(200)]}
    texts = [json.dumps(value, ensure_ascii=False)]
    value["orders"][-1]["lines"][-1]["count"] = 0
    texts.append(json.dumps(value, ensure_ascii=False))
    return {"name": "orders", "schema": ORDERS, "documents": texts}

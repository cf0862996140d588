"""What Benchmarks/Schema does, by Python's json.loads and jsonschema-rs (Rust): from bytes to a verdict.

Called by schema.py with the interpreter of .venv-bench; the argument and what is printed are those of the Swift program.
"""

import json
import pathlib
import sys
import time

import jsonschema_rs

ROUNDS = 7


def measure(repetitions, body):
    """Nanoseconds of the processor for one call of `body`, in the best round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time_ns()
        for _ in range(repetitions):
            body()
        best = min(best, (time.process_time_ns() - start) / repetitions)
    return best


def main():
    rows = []
    for entry in json.loads(pathlib.Path(sys.argv[1]).read_text()):
        validator = jsonschema_rs.Draft202012Validator(entry["schema"], validate_formats=True)
        for text in entry["documents"]:
            data = text.encode()
            value = json.loads(data)
            repetitions = max(10, 3_000_000 // (len(data) * 10 + 100))
            rows.append({
                "name": entry["name"], "bytes": len(data), "valid": validator.is_valid(value),
                "both": measure(repetitions, lambda: validator.is_valid(json.loads(data))),
                "alone": measure(repetitions, lambda: validator.is_valid(value))})
    print(json.dumps(rows))


if __name__ == "__main__":
    main()

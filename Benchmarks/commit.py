"""How many durable writes the storage layer does, alone and together, on a disk whose syncs take 2 ms longer."""

import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
WRITERS = 64


def slow_disk(folder, milliseconds):
    """The environment in which a program's disk is that much slower."""
    library, rules = folder / "disk_faults.so", folder / "disk_faults.rules"
    source = ROOT / "Tests" / "Preload" / "disk_faults.c"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, source], check=True)
    rules.write_text(f"* sync-delay {milliseconds}\n")
    return {**os.environ, "LD_PRELOAD": str(library), "DISK_FAULTS": str(rules)}


def rate(folder, writers, seconds, environment):
    """Writes in a second, on a database of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        words = [ROOT / ".build" / "release" / "peer", "commit", str(writers), str(seconds), place]
        return float(subprocess.check_output(words, env=environment, text=True))


def measure(folder, rounds, seconds):
    """The rates of 64 writers that share commits, and of one writer that has a commit for each write, in turns."""
    folder = pathlib.Path(folder)
    environment = slow_disk(folder, milliseconds=2)
    together, alone = [], []
    for _ in range(rounds):
        together.append(rate(folder, WRITERS, seconds, environment))
        alone.append(rate(folder, 1, seconds, environment))
    return together, alone

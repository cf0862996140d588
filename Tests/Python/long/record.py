"""The records of long runs in the documents: a table for each, the newest run on top."""

import os
import platform
import time


def machine():
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                model = " ".join(line.split(":", 1)[1].split())
    with open("/proc/meminfo", encoding="utf-8") as lines:
        memory = int(next(lines).split()[1]) / (1 << 20)
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, Linux {platform.release().split('-')[0]}"


def write_record(file, name, state, figures, failure):
    """Adds a row to the table that follows the comment `<!-- long NAME -->`."""
    if failure:
        told = f"**failed**: {' '.join(failure.split())[:300]}".replace("|", "\\|")
    else:
        told = "; ".join(f"{what}: {figure}" for what, figure in figures.items())
    minutes = state.facts.get("seconds", 0) / 60
    outcome = "failed" if failure else "passed"
    row = f"| {time.strftime('%Y-%m-%d')} | {machine()} | {minutes:.0f} min | {told} | {outcome} |"
    lines = file.read_text(encoding="utf-8").splitlines()
    # The comment, an empty line, the head of the table, and the line below it.
    place = lines.index(f"<!-- long {name} -->") + 4
    lines.insert(place, row)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

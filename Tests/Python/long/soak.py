"""Everything at once for long, and the server needs no more of anything than after its warm-up."""

import os
import statistics
import time

from checks import Checks
from story import Crowd, Story
from strangers import Strangers
from trouble import Unexpected

# What the server may need more at the end than after the warm-up. Its own caches are full by then; the allocator keeps
# what a busy moment needed.
MORE_MEMORY = 4  # MB
MORE_FILES = 8
MORE_THREADS = 4
# Twice what a log may come to by the server's own bound.
LONGEST_WAL = 64  # MB
# One line for a request and one for a mail, and a few about the server itself.
LINES_EACH = 1.02


def run(options, state, say):
    """Works for `options.minutes`, in one life of the server or in several; the figures, in words."""
    facts = state.facts
    facts.setdefault("seconds", 0)
    facts.setdefault("samples", [])
    story = Story(options, state, {})
    checks = Checks(story.server, story.workers, story.mailbox)
    story.start()
    checks.run()
    crowd, strangers = Crowd(story, options.pause), Strangers(story.server.port)
    life, minute = [], 0
    while facts["seconds"] < 60 * options.minutes:
        began = time.monotonic()
        seen = crowd.watch(min(60, 60 * options.minutes - facts["seconds"]), lambda: resident_megabytes(story))
        strangers.check()
        minute += 1
        facts["seconds"] += time.monotonic() - began
        sample = {"minute": minute, "memory": min(seen), "most": max(seen), **measure(story, strangers)}
        life.append(sample)
        facts["samples"].append(sample)
        state.save()
        say(" ".join(f"{what} {figure}" for what, figure in sample.items()))
    crowd.end()
    strangers.end()
    checks.run()
    checks.whole()
    story.server.stop()
    return judge([sample for sample in life if sample["minute"] > options.warm_up], facts["samples"], story)


def resident_megabytes(story):
    """What the server holds. For each password that is being checked that is 19 MB, which are given back after it; so
    the least of a minute is what stays."""
    with open(f"/proc/{story.server.child.pid}/statm", encoding="ascii") as file:
        return round(int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20), 1)


def measure(story, strangers):
    process = f"/proc/{story.server.child.pid}"
    log = story.server.database.with_name("usher.db-wal")
    return {
        "files": len(os.listdir(f"{process}/fd")), "threads": len(os.listdir(f"{process}/task")),
        "wal": round(log.stat().st_size / 1e6, 1), "database": round(story.server.database.stat().st_size / 1e6, 1),
        "lines": count_lines(story.server.log), "requests": story.requests + strangers.requests, "mails": story.mails}


def count_lines(file):
    with open(file, "rb") as log:
        return sum(part.count(b"\n") for part in iter(lambda: log.read(1 << 20), b""))


def judge(watched, samples, story):
    """What was needed at the end, against what was needed after the warm-up."""
    if len(watched) < 4:
        raise Unexpected("the last life of the server was too short to tell; start the run again with --fresh")
    quarter = max(2, len(watched) // 4)

    def growth(what):
        first, last = ([sample[what] for sample in part] for part in (watched[:quarter], watched[-quarter:]))
        return statistics.median(last) - statistics.median(first)

    for what, bound in (("memory", MORE_MEMORY), ("files", MORE_FILES), ("threads", MORE_THREADS)):
        if growth(what) > bound:
            raise Unexpected(f"{what} grew by {growth(what):.1f} after the warm-up, and may by {bound}: {watched}")
    longest = max(sample["wal"] for sample in samples)
    if longest > LONGEST_WAL:
        raise Unexpected(f"the write-ahead log was {longest} MB long, and may be {LONGEST_WAL}")
    first, last = watched[0], watched[-1]
    lines = last["lines"] - first["lines"]
    causes = last["requests"] + last["mails"] - first["requests"] - first["mails"]
    if lines > LINES_EACH * causes + 100:
        raise Unexpected(f"the log has {lines:,} lines for {causes:,} requests and mails")
    return {
        "orders": f"{story.orders:,}", "requests": f"{last['requests']:,}", "mails": f"{story.mails:,}",
        "least memory by minute": ", ".join(f"{sample['memory']:.0f}" for sample in samples) + " MB",
        "most": f"{max(sample['most'] for sample in samples):.0f} MB",
        "growth after the warm-up": f"{growth('memory'):+.1f} MB (at most {MORE_MEMORY})",
        "open files": f"{first['files']} → {last['files']}", "threads": f"{first['threads']} → {last['threads']}",
        "longest write-ahead log": f"{longest} MB", "database": f"{last['database']:.0f} MB",
        "lines of the log for a request or mail": f"{lines / causes:.2f}",
    }

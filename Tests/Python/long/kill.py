"""The server is killed again and again while everything happens at once, and nothing that it answered is lost."""

import random
import statistics
import time

from checks import Checks
from story import Crowd, Story


def run(options, state, say):
    """Kills the server until it was killed `options.kills` times; the figures, in words."""
    facts = state.facts
    facts.setdefault("kills", 0)
    facts.setdefault("killsInStarts", 0)
    facts.setdefault("seconds", 0)
    starts = facts.setdefault("starts", [])
    story = Story(options, state, {"USHER_RATE_LIMITS": "off", "USHER_LOG_LEVEL": "warning"})
    checks = Checks(story.server, story.workers, story.mailbox)
    while facts["kills"] < options.kills:
        began = time.monotonic()
        starts.append(story.start())
        checks.run()
        crowd = Crowd(story, options.pause)
        time.sleep(random.uniform(0.2, options.longest))
        story.server.kill()
        crowd.wait()
        facts["kills"] += 1
        if facts["kills"] % 5 == 2 and facts["kills"] < options.kills:
            kill_in_start(story, statistics.median(starts))
            facts["kills"] += 1
            facts["killsInStarts"] += 1
        facts["seconds"] += time.monotonic() - began
        state.save()
        say(f"{facts['kills']} of {options.kills} kills, {story.orders:,} orders answered, {story.mails:,} mails")
    began = time.monotonic()
    starts.append(story.start())
    checks.run()
    checks.whole()
    story.server.stop()
    facts["seconds"] += time.monotonic() - began
    return figures(facts, story, checks)


def kill_in_start(story, seconds):
    """Whatever the server puts right at a start, it must be able to begin with it again."""
    story.begin_life()
    story.server.launch()
    time.sleep(random.uniform(0, seconds))
    story.server.kill()


def figures(facts, story, checks):
    starts = [1000 * seconds for seconds in facts["starts"]]
    return {
        "kills": f"{facts['kills']}, of them {facts['killsInStarts']} in a start",
        "orders answered": f"{story.orders:,}",
        "orders repeated after a kill": f"{sum(worker.repeated for worker in story.workers):,}",
        "mails": f"{story.mails:,}, {checks.sent_twice} of them sent again",
        "start to ready": f"{statistics.median(starts):.0f} ms, at most {max(starts):.0f} ms",
    }

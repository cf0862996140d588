"""Long runs of a real server under everything at once, each with an outcome of its own.

Called by script/long, which builds and installs what this needs.
"""

import argparse
import difflib
import importlib
import os
import pathlib
import signal
import sys
import time

from record import write_record
from state import State
from trouble import Unexpected

ROOT = pathlib.Path(__file__).resolve().parents[3]
RUNS = {
    "kill": "200 times SIGKILL while everything happens at once: nothing that was answered is lost",
    "soak": "everything at once for 20 minutes: the server needs no more of anything than after its warm-up",
}


def say(text):
    print(f"long: {time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def read_options():
    parser = argparse.ArgumentParser(
        prog="script/long", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Runs one of these for long, and writes its record to docs/long-runs.md:\n"
        + "".join(f"  {name}: {what}\n" for name, what in RUNS.items()),
        epilog="A run that was ended (Ctrl-C, a power cut) goes on where it was when it is started again.")
    parser.add_argument("name", metavar="NAME", help=" or ".join(RUNS))
    parser.add_argument("--kills", type=int, default=200, help="of `kill`: how often (200)")
    parser.add_argument("--longest", type=float, default=6, help="of `kill`: most seconds between two (6)")
    parser.add_argument("--minutes", type=float, default=20, help="of `soak`: how long (20)")
    parser.add_argument("--warm-up", type=float, default=5, help="of `soak`: minutes before memory is watched (5)")
    parser.add_argument("--workers", type=int, default=6, help="clients at the same time (6)")
    parser.add_argument("--pause", type=float, default=0.02, help="seconds of each client between two orders (0.02)")
    parser.add_argument("--program", default=ROOT / ".build/release/usher", help="the server (the release build)")
    parser.add_argument("--state", metavar="FOLDER", help="where the run keeps itself (.long/NAME)")
    parser.add_argument("--fresh", action="store_true", help="begin anew, whatever there is to go on with")
    parser.add_argument("--check", action="store_true", help="only say what is wrong with the arguments")
    parser.add_argument("--no-record", action="store_true", help="leave docs/long-runs.md as it is")
    options = parser.parse_args()
    if options.name not in RUNS:
        near = difflib.get_close_matches(options.name, RUNS, 1, 0.5)
        hint = f"did you mean {near[0]}? " if near else ""
        parser.error(f"there is no run {options.name}; {hint}there are {' and '.join(RUNS)}")
    if options.check:
        sys.exit(0)
    if not os.access(options.program, os.X_OK):
        parser.error(f"there is no program {options.program}; script/long builds one, --program names another")
    return options


def main():
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    state = State(options.state or ROOT / ".long" / options.name, options.fresh)
    if state.goes_on:
        say(f"{options.name} goes on in {state.folder}; --fresh begins anew")
    try:
        figures, failure = importlib.import_module(options.name).run(options, state, say), None
    except Unexpected as error:
        figures, failure = None, str(error)
    except KeyboardInterrupt:
        say("ended; start it again, and it goes on where it was")
        os._exit(130)
    if not options.no_record:
        write_record(ROOT / "docs" / "long-runs.md", options.name, state, figures, failure)
    if failure:
        say(f"FAILED: {failure}")
        say(f"everything is in {state.folder}")
        # Not by `sys.exit`, which waits for clients that wait for the server.
        os._exit(1)
    for what, figure in figures.items():
        print(f"{what:<40} {figure}", flush=True)
    state.clear()
    os._exit(0)


if __name__ == "__main__":
    main()

"""What a long run keeps of itself in a folder, so that it goes on where it was."""

import fcntl
import json
import os
import pathlib
import shutil


class State:
    """The folder of one run; nobody else can use it meanwhile."""

    def __init__(self, folder, fresh):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.lock = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"long: another run uses {self.folder}. Wait for it, or name another folder by --state.")
        self.file = self.folder / "facts.json"
        self.goes_on = self.file.exists() and not fresh
        if not self.goes_on:
            self.clear()
        self.facts = json.loads(self.file.read_text()) if self.goes_on else {}

    def save(self):
        draft = self.folder / "facts.draft"
        draft.write_text(json.dumps(self.facts))
        draft.rename(self.file)

    def clear(self):
        for entry in self.folder.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()

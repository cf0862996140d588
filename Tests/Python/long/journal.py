"""What has happened so far, a line for each thing, so that a run which was ended goes on where it was."""

import json
import pathlib


class Journal:
    def __init__(self, file):
        file = pathlib.Path(file)
        self.past = []
        if file.exists():
            text = file.read_text(encoding="utf-8")
            # The last line may be half there.
            whole = text[:text.rfind("\n") + 1]
            self.past = [json.loads(line) for line in whole.splitlines()]
            if whole != text:
                file.write_text(whole, encoding="utf-8")
        self.file = open(file, "a", encoding="utf-8")

    def add(self, **facts):
        self.file.write(json.dumps(facts) + "\n")
        self.file.flush()

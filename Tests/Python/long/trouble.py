"""What can go wrong in a run."""


class Unexpected(Exception):
    """Something that the server must not do."""


class NoAnswer(Exception):
    """The server was asked, and whether it did what was asked is not known."""

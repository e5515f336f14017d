"""Undoes format=flowed (RFC 3676): lines that a mail program broke come together again.
Called by `mail.reading.parts`."""

from __future__ import annotations


def unfolded(text: str, delsp: bool = False) -> str:
    """The text with whole paragraphs; a quoted line keeps its depth as "> " marks."""
    made: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth, rest = _parted(line)
        flows = rest.endswith(" ") and rest != "-- "
        shown = rest[:-1] if flows and delsp else rest
        if depth == open_depth and rest != "-- ":
            made[-1] += shown
        else:
            made.append(("> " * depth) + shown)
        open_depth = depth if flows else -1
    return "\n".join(made)


def _parted(line: str) -> tuple[int, str]:
    rest = line.lstrip(">")
    # A space in front protects the line: it is not part of it.
    return len(line) - len(rest), rest.removeprefix(" ")

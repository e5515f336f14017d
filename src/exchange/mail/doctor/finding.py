"""What the doctor found about one matter.
Made by `mail.doctor`; printed by its command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["well", "wrong", "unasked"]
_LONGEST = 255


@dataclass(frozen=True)
class Finding:
    """`matter` is a short name ("SPF"), `publish` the line to put into the names of the domain."""

    matter: str
    state: State
    words: str
    publish: str = ""


def well(matter: str, words: str) -> Finding:
    """As it should be."""
    return Finding(matter, "well", words)


def wrong(matter: str, words: str, publish: str = "") -> Finding:
    """Somebody should act."""
    return Finding(matter, "wrong", words, publish)


def unasked(matter: str, words: str, publish: str = "") -> Finding:
    """Could not be asked, or there is nothing to ask."""
    return Finding(matter, "unasked", words, publish)


def txt(name: str, value: str) -> str:
    """A TXT line as it is put into a zone; long ones in pieces, as the format wants it."""
    pieces = [value[at : at + _LONGEST] for at in range(0, len(value), _LONGEST)] or [""]
    return f"{name}. IN TXT " + " ".join(f'"{piece}"' for piece in pieces)

"""The labelled texts of `starter/screening.tsv`: what screening must find, and what it must let by.
Read by the bench and by the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).resolve().parent / "starter" / "screening.tsv"
HARMLESS = "-"


@dataclass(frozen=True)
class Labelled:
    """One text, the code that should be found in it, and whether rules may be fitted to it."""

    language: str
    held_out: bool
    code: str
    text: str

    @property
    def harmless(self) -> bool:
        return self.code == HARMLESS


def labelled() -> Iterator[Labelled]:
    """Every text of the set."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, part, code, text = line.split("\t", 3)
            yield Labelled(language, part == "held", code, text)

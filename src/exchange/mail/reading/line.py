"""One line of a mail, and what its place says about it.
Made by `mail.reading.page` and `mail.reading.splitting`, read by the rest of `mail.reading`."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from exchange.mail.marker import SIGN
from exchange.mail.reading.wording import WROTE

MOST_LINES = 8000
_BLANK_LINES = re.compile(r"\n{3,}")
_MARKS = re.compile(r"[ \t]{0,4}((?:[>＞][ \t]?){1,200})")
# ">>> Joseph Mwangi 11/03/26 10:12 AM >>>" is no quote, but what stands above one.
_GROUPWISE = re.compile(r">>>\s.{3,150}\d.{0,40}>>>")
_BARS = re.compile(r"[ \t]{0,3}((?:\|[ \t]?){1,200})")
_INITIALS = re.compile(r"[ \t]{0,2}([A-Z][A-Za-z]{0,3}>[> \t]{0,200})")
# "> 5 children" or ">5": a sign, not a quote, if nothing else in the mail is quoted.
_GREATER = re.compile(r"[ \t]*[>＞] ?(?!\d{1,2}[.)])[=\d]")


@dataclass
class Line:
    """A line. `depth`: how deep it stands in quotes; `hint`: what its HTML says it is ("header",
    "signature", "box" for a container that holds nothing but what is quoted); `is_indented`: it
    stands in a blockquote that does not say why; `tint`: the colour all of it has."""

    text: str
    depth: int = 0
    hint: str = ""
    is_indented: bool = False
    tint: str = ""
    # Without its quote marks; of a very long line, its ends, because heads and feet are short.
    bare: str = ""
    said: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.bare.strip()

    def free(self) -> None:
        """Its marks are the person's own, and part of what was said."""
        self.depth, self.bare, self.said = 0, self.text[:2400], self.text

    @property
    def is_marked(self) -> bool:
        """Whether its marks were typed, not given by HTML."""
        return len(self.said) < len(self.text.strip()) and self.depth > 0

    @property
    def is_quoted(self) -> bool:
        return self.depth > 0 or self.hint == "box"


def from_text(text: str) -> list[Line]:
    """The lines of plain text."""
    return [Line(line) for line in _BLANK_LINES.sub("\n\n", text).split("\n")]


def limited(lines: list[Line]) -> list[Line]:
    """At most so many lines: nobody answers at such length, so the rest stays as it is, as one."""
    if len(lines) <= MOST_LINES:
        return lines
    rest = "\n".join(line.text for line in lines[MOST_LINES:])
    return [*lines[:MOST_LINES], Line(rest, lines[MOST_LINES].depth)]


def find_marks(lines: list[Line]) -> None:
    """Sees which lines bear the marks of a quote, and what they say without them."""
    if any(line.is_quoted for line in lines):
        # The program quotes by its HTML, so whoever typed ">" meant something by it.
        for line in lines:
            line.bare = line.said = line.text.strip("\xa0\u200e\u200f")
            line.bare = line.bare[:2400]
        return
    bars = _runs_of_bars(lines)
    initials = _common_initials(lines)
    for place, line in enumerate(lines):
        if _GROUPWISE.fullmatch(line.text.strip()):
            line.hint, line.bare, line.said = "header", line.text, line.text
            continue
        marks = _mark(line.text, place in bars, initials)
        line.said = line.text[len(marks) :].strip("\xa0\u200e\u200f")
        line.bare = line.said if len(line.said) < 2400 else line.said[:2000] + line.said[-400:]
        line.depth += len(re.sub(r"[^>＞|]", "", marks))
    for is_marked, run in itertools.groupby(lines, key=lambda line: line.depth > 0):
        apart = list(run)
        if is_marked and len(apart) < 6 and all(_GREATER.match(line.text) for line in apart):
            for line in apart:
                line.free()


def _mark(text: str, is_barred: bool, initials: set[str]) -> str:
    found = _MARKS.match(text)
    if found is None and is_barred:
        found = _BARS.match(text)
    if found is None:
        found = _INITIALS.match(text)
        if found and found[1].split(">")[0] not in initials:
            found = None
    return found[0] if found else ""


def _runs_of_bars(lines: list[Line]) -> set[int]:
    """Lines that begin with a bar below the head of a quote and are no table."""
    is_ours = any(SIGN in line.text and _BARS.match(line.text) for line in lines)
    below = _heads_of_bars(lines)
    runs: set[int] = set()
    run: list[int] = []
    for place, line in enumerate([*lines, Line("")]):
        found = _BARS.match(line.text)
        if found and "|" not in line.text[found.end() :]:
            run.append(place)
            continue
        # A list of the person's own may have bars as well: nobody wrote it "on Monday".
        if run and (is_ours or below <= run[0]):
            runs.update(run)
        run = []
    return runs


def _heads_of_bars(lines: list[Line]) -> int:
    """Where lines with bars follow what looks like the head of a quote; else behind the end."""
    for place, line in enumerate(lines):
        if _BARS.match(line.text):
            above = "".join(one.text for one in lines[max(0, place - 4) : place])[-600:]
            if WROTE.search(above) or above.rstrip().endswith(">:"):
                return place
    return len(lines)


def _common_initials(lines: list[Line]) -> set[str]:
    """Initials that stand before several lines ("AB> ")."""
    found = (_INITIALS.match(line.text) for line in lines)
    counted = Counter(one[1].split(">")[0] for one in found if one)
    return {initials for initials, times in counted.items() if times >= 2}

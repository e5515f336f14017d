"""Letters as a reader needs them: whole, clean, and in the order in which they are read.
Called where characters become words; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# At the end of a line, where PDFium or the document put a hyphen that may go.
SOFT = "\u00ad"
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG_LTR = re.compile(r"[^\W\d_]")
_ODD = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufb00-\ufdff"
    "\ufe70-\ufeff\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
# Bullets of the symbol fonts that Word uses.
_PRIVATE = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e0": "→", "\uf06f": "○",
    "\uf076": "❖", "\uf02d": "-", "\uf0be": "—", "\uf020": " ", "\uf0a8": "□", "\uf0fe": "☑",
}  # fmt: skip
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_INSIDE_NUMBERS = ".,:/-٫٬"


def clean(text: str) -> str:
    """Ligatures and presentation forms undone; what means nothing to a reader left out."""
    if text.isascii() and text.isprintable():
        return text
    if _ODD.search(text):
        text = _ODD.sub(_plain, text)
    return unicodedata.normalize("NFC", text)


def _plain(found: re.Match[str]) -> str:
    letter = found[0]
    if letter in "\u0002\ufffe\u00ad":
        return SOFT
    if letter in "\u200c\u200d":
        return letter
    if "\ufb00" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc":
        return unicodedata.normalize("NFKC", letter)
    return _PRIVATE.get(letter, "")


def is_rtl(text: str) -> bool:
    return not text.isascii() and RTL.search(text) is not None


def leans(text: str) -> int:
    """How many letters more are written from the right than from the left."""
    if text.isascii():
        return -len(text)
    right = len(RTL.findall(text))
    return 2 * right - len(_STRONG_LTR.findall(text))


@dataclass(slots=True)
class Glyph:
    """A letter where it stands on the line, and the word in which PDFium saw it."""

    text: str
    left: float
    right: float
    y: float
    word: int
    of: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def logical(glyphs: Sequence[Glyph], size: float, rtl: bool) -> list[tuple[str, int, bool]]:
    """(letter, what it is of, whether a space stands before it) in the order of reading.
    Files hold letters from the right in either order, some in both; where they stand decides."""
    row = _seen(glyphs, size)
    classes = _classes(row, rtl)
    gaps = _gaps(row, size)
    order = list(range(len(row)))
    if rtl:
        order.reverse()
    order = _turned(order, classes, gaps, rtl)
    read = []
    for place, here in enumerate(order):
        spaced = place > 0 and _is_spaced(order[place - 1], here, classes, gaps, rtl)
        read.append((row[here].text, row[here].of, spaced))
    return _brackets_facing(read) if rtl else read


def _seen(glyphs: Sequence[Glyph], size: float) -> list[Glyph]:
    """From left to right, without what the file says twice at one place."""
    row = sorted(glyphs, key=lambda one: one.middle)
    kept: list[Glyph] = []
    for one in row:
        is_again = any(
            other.text == one.text
            and abs(other.middle - one.middle)
            < (0.12 if abs(other.y - one.y) < 0.4 else 0.25) * size
            for other in kept[-3:]
        )
        if not (is_again and RTL.match(one.text)):
            kept.append(one)
    return kept


def _classes(row: Sequence[Glyph], rtl: bool) -> list[str]:
    """R, L or N (a number) for each letter; what is neither follows its neighbours."""
    kinds = [_kind(one.text) for one in row]
    for place in range(1, len(kinds) - 1):
        inside = kinds[place - 1] == "N" and kinds[place + 1] == "N"
        if inside and row[place].text in _INSIDE_NUMBERS:
            kinds[place] = "N"
    base = "R" if rtl else "L"
    place = 0
    while place < len(kinds):
        if kinds[place] != "-":
            place += 1
            continue
        end = place
        while end < len(kinds) and kinds[end] == "-":
            end += 1
        before = kinds[place - 1] if place else base
        after = kinds[end] if end < len(kinds) else base
        both = before == after and before in "RL"
        kinds[place:end] = [before if both else base] * (end - place)
        place = end
    return kinds


def _kind(letter: str) -> str:
    if RTL.match(letter) and not letter[0].isdigit():
        return "R"
    if letter[:1].isdigit():
        return "N"
    return "L" if _STRONG_LTR.match(letter) else "-"


def _turned(order: list[int], classes: list[str], gaps: set[int], rtl: bool) -> list[int]:
    """Runs that go against the line's direction, turned; numbers always go from left to right."""
    against = "LN" if rtl else "R"
    turned: list[int] = []
    run: list[int] = []
    for here in order:
        # Two numbers beside each other are read one after the other, each from the left.
        parts = bool(run) and classes[here] == classes[run[-1]] == "N" and here in gaps
        if (classes[here] not in against and not (classes[here] == "N" and run)) or (rtl and parts):
            turned += _back(run, classes, rtl)
            run = []
        if classes[here] in against or (classes[here] == "N" and run):
            run.append(here)
        else:
            turned.append(here)
    return turned + _back(run, classes, rtl)


def _back(run: list[int], classes: list[str], rtl: bool) -> list[int]:
    """A run from its other end; in one from the right its numbers keep their own direction."""
    if rtl or not run:
        return run[::-1]
    back: list[int] = []
    number: list[int] = []
    for here in run[::-1]:
        if classes[here] == "N":
            number.append(here)
        else:
            back += [*number[::-1], here]
            number = []
    return back + number[::-1]


def _gaps(row: Sequence[Glyph], size: float) -> set[int]:
    """The places after which a gap is a space: a small one between words, a wide one inside."""
    found = set()
    reach = row[0].right if row else 0.0
    for place in range(len(row) - 1):
        reach = max(reach, row[place].right)
        gap = row[place + 1].left - reach
        if gap > (0.32 if row[place].word == row[place + 1].word else 0.09) * size:
            found.add(place)
    return found


def _is_spaced(before: int, here: int, classes: list[str], gaps: set[int], rtl: bool) -> bool:
    """Whether a space stands between two letters read one after the other."""
    if abs(before - here) == 1:
        return min(before, here) in gaps
    own = "R" if rtl else "LN-"
    if classes[before] in own:  # into a run that goes the other way: the gap on its near side
        return (before - 1 if rtl else before) in gaps
    if classes[here] in own:
        return (here if rtl else here - 1) in gaps
    return True


def _brackets_facing(read: list[tuple[str, int, bool]]) -> list[tuple[str, int, bool]]:
    """Some files hold brackets as they look, some as they are meant: they open before they close."""
    firsts = [letter for letter, _of, _space in read if letter in "()[]"]
    if not firsts or firsts[0] not in ")]" or not any(one in "([" for one in firsts):
        return read
    return [(letter.translate(_MIRRORED), of, space) for letter, of, space in read]

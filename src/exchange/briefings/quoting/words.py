"""Whether somebody's words stand in a text, and the text without them. Pure.
Called by the actions of quoting and of briefs, and by the writing room for what it keeps itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Signs of light Markdown that may stand inside a word without parting it.
_SIGNS = frozenset("*_`~\\")
_TATWEEL = "\u0640"
# Scripts that write no spaces between words: every letter may begin one.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_OPENING, _CLOSING = "“\"«‘'„(*_ ", "”\"»’').,!?…*_؟،"
_CREDIT = re.compile(r"^\s*(—|–|--)")
_MANY_LINES = re.compile(r"\n{3,}")
_NOT_A_LETTER = re.compile(r"[\W_\d]+")
# So many words in a row are no chance: at least these letters, and these words.
_MANY, _SOME = (8, 30), (3, 14)
# What is shorter stands in any text by chance.
SHORTEST = 12


@dataclass(frozen=True)
class _Letters:
    """A text as its letters and figures alone, folded; where each stands, and which begin a word."""

    text: str
    places: tuple[int, ...]
    begins: tuple[bool, ...]


def is_enough(words: str) -> bool:
    """Whether these are words that can be found again, and not said by everybody."""
    return _weight(_letters(words).text) >= SHORTEST


def stands(words: str, text: str) -> bool:
    """Whether the words stand there letter for letter, whatever signs, lines and marks are between
    them; or so long a piece of them that it is theirs all the same."""
    return _found(words, text) is not None or _has_run(words, text, _MANY)


def stands_whole(words: str, text: str) -> bool:
    """Whether every letter of the words stands there, in a row."""
    return _found(words, text) is not None


def is_left(words: str, text: str) -> bool:
    """Whether any piece of them may still stand there: three words in a row are enough."""
    return _found(words, text) is not None or _has_run(words, text, _SOME)


def taken_out(words: str, text: str) -> str:
    """The text without the words, wherever they stand letter for letter: with the signs of a
    quotation around them, and the line that says whose they are."""
    while (span := _found(words, text)) is not None:
        text = _MANY_LINES.sub("\n\n", _without(text, *span)).strip("\n")
    return text


def names(name: str, text: str) -> bool:
    """Whether somebody is named there, as their name is written."""
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def as_quote(words: str, credit: str) -> str:
    """Words with the line that says whose they are, as light Markdown."""
    lines = [f"> {line}".rstrip() for line in words.strip().splitlines()]
    return "\n".join([*lines, ">", f"> — {credit}"] if credit else lines)


def credited_anew(words: str, text: str, credit: str) -> str:
    """The text with another line under these words that says whose they are."""
    done = 0
    while (span := _found(words, text[done:])) is not None:
        start, end = done + span[0], done + span[1]
        found = _credit_after(text, end)
        if found is not None:
            text = f"{text[: found[0]]}> — {credit}{text[found[1] :]}"
        done = max(end, start + 1)
    return text


def _found(words: str, text: str) -> tuple[int, int] | None:
    """Where they stand first: from their first letter to behind their last."""
    looked_for, within = _letters(words), _letters(text)
    return _place(looked_for.text, within)


def _place(letters: str, within: _Letters) -> tuple[int, int] | None:
    if not letters:
        return None
    at = within.text.find(letters)
    while at >= 0:
        end = at + len(letters)
        if within.begins[at] and (end == len(within.text) or within.begins[end]):
            return within.places[at], within.places[end - 1] + 1
        at = within.text.find(letters, at + 1)
    return None


def _has_run(words: str, text: str, least: tuple[int, int]) -> bool:
    within = _letters(text)
    return any(_place(run, within) is not None for run in _runs(words, least))


def _runs(words: str, least: tuple[int, int]) -> Iterator[str]:
    """The shortest stretches of the words that are long enough, from each of their words on."""
    whole = _letters(words)
    begins = [place for place, is_begin in enumerate(whole.begins) if is_begin]
    ends = [*begins[1:], len(whole.text)]
    for first, start in enumerate(begins):
        for end in ends[first + least[0] - 1 :]:
            if _weight(whole.text[start:end]) >= least[1]:
                yield whole.text[start:end]
                break


def _weight(letters: str) -> int:
    """A letter of a script without spaces says about as much as two others."""
    return len(letters) + len(_UNSPACED.findall(letters))


@lru_cache(maxsize=256)
def _letters(text: str) -> _Letters:
    kept, places, begins = [], [], []
    is_fresh = True
    for place, char in enumerate(text):
        kind = unicodedata.category(char)
        if kind[0] in "LN" and char != _TATWEEL:
            for one in unicodedata.normalize("NFKD", char).casefold():
                if unicodedata.category(one)[0] in "LN":
                    kept.append(one)
                    places.append(place)
                    begins.append(is_fresh or _UNSPACED.match(one) is not None)
                    is_fresh = False
        elif kind[0] != "M" and kind != "Cf" and char not in _SIGNS and char != _TATWEEL:
            is_fresh = True
    return _Letters("".join(kept), tuple(places), tuple(begins))


def _without(text: str, start: int, end: int) -> str:
    first, last = _region(text, start, end)
    if not text[first:last].lstrip().startswith(">"):
        return _without_in_a_line(text, start, end)
    credit = _credit_after(text, end)
    stop = credit[1] if credit is not None else end
    before, after = text[first:start], text[stop:last]
    if _says_nothing(before) and _says_nothing(after):
        return f"{text[:first]}{text[last:]}"
    # Other words share the quotation: theirs stay.
    kept = f"{before.rstrip('> *_' + _OPENING)}\n>\n> {after.lstrip('> ' + _CLOSING)}"
    lines = [line for line in kept.splitlines() if line.strip("> ")]
    return text[:first] + "\n>\n".join(lines) + text[last:]


def _region(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines in which a stretch stands, and all lines of the quotation around it."""
    first = text.rfind("\n", 0, start) + 1
    last = _line_end(text, end)
    if not text[first:last].lstrip().startswith(">"):
        return first, last
    while first > 0:
        before = text.rfind("\n", 0, first - 1) + 1
        if not text[before:first].lstrip().startswith(">"):
            break
        first = before
    while last < len(text) and text[last + 1 : _line_end(text, last + 1)].lstrip().startswith(">"):
        last = _line_end(text, last + 1)
    return first, last


def _credit_after(text: str, end: int) -> tuple[int, int] | None:
    """The line under quoted words that says whose they are, in the same quotation."""
    last = _line_end(text, end)
    while last < len(text):
        start, last = last + 1, _line_end(text, last + 1)
        line = text[start:last].lstrip()
        if not line.startswith(">"):
            return None
        said = line.lstrip("> ")
        if said:
            return (start, last) if _CREDIT.match(said) else None
    return None


def _without_in_a_line(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    first, last = text.rfind("\n", 0, start) + 1, _line_end(text, end)
    if _says_nothing(text[first:start]) and _says_nothing(text[end:last]):
        return text[:first] + (text[last:] if first else text[last:].lstrip("\n"))
    between = " " if start > first and end < last and text[end : end + 1] != " " else ""
    return f"{text[:start]}{between}{text[end:]}"


def _says_nothing(text: str) -> bool:
    return not _NOT_A_LETTER.sub("", text)


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found

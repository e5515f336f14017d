"""Finds given names that could be a child's: listed ones, and any word after "called" or "jina".
Used by `children`. Colleagues, authors, people addressed or signing, and houses named after people
are left alone."""

from __future__ import annotations

from exchange.safeguarding.screening.phrases import Match
from exchange.safeguarding.screening.reading import Reading

_NOT_NAMES = ("lower.stop", "kind.of", "link", "his", "child", "children", "family", "compound")


def name_at(reading: Reading, place: int) -> float:
    """How likely the word here is the given name of a person who is not at work: 0 to 3."""
    if not reading.written_as_name(place) or len(reading.words[place]) < 3:
        return 0
    if _is_an_adults(reading, place):
        return 0
    if reading.is_a(place, "name"):
        return 3
    if reading.is_a(place, "ambiguous"):
        return _weight_of_ambiguous(reading, place)
    return 0


def named_after(reading: Reading, match: Match) -> int | None:
    """The place of the name that "called", "jina lake" or the like announces."""
    place = match.last + 1
    if not 0 < place < len(reading.words) or len(reading.words[place]) < 3:
        return None
    gap = reading.gaps[place].strip(" \t\"'“”«»")
    if gap not in ("", ":") or reading.is_a(place, *_NOT_NAMES):
        return None
    return place if reading.written_as_name(place) else None


def may_be_named(reading: Reading, place: int) -> bool:
    """Whether the word here, with what is set off behind it, can be the name of a child."""
    if reading.gaps[place + 1].strip() not in (",", "،", "(", "–", "-"):
        return False
    # In a text without capitals any word could be one.
    if reading.lower or not reading.is_capital(place) or len(reading.words[place]) < 3:
        return False
    if reading.is_a(
        place, *_NOT_NAMES, "name", "ambiguous", "adult", "role", "institution", "month", "day"
    ):
        return False
    return not _is_an_adults(reading, place)


def _weight_of_ambiguous(reading: Reading, place: int) -> float:
    if reading.lower or reading.words[place][0] > "\u0600":
        # In small letters only an age or a child right beside it makes the word a name.
        near = (place - 1, place + 1, place + 2)
        beside = any(reading.is_a(at, "child") and not reading.opens(at) for at in near)
        return 3 if beside or reading.number(place + 1) is not None else 0
    return 0 if reading.opens(place) and reading.number(place + 1) is None else 2.5


def _is_an_adults(reading: Reading, place: int) -> bool:
    if _has_title(reading, place) or _signs_or_is_greeted(reading, place):
        return True
    after = reading.word(place + 1)
    if after.isdigit() and len(after) == 4:
        return True
    if any(";" in gap for gap in reading.gaps[max(0, place - 2) : place + 4]):
        return True
    for at in (place + 1, place + 2):
        if reading.is_a(at, "institution", "place.before") and not reading.gaps[at].strip(" -&"):
            return True
    near = (place + 1, place + 2, place + 3)
    return any(reading.is_a(at, "role") and not reading.opens(at) for at in near)


def _has_title(reading: Reading, place: int) -> bool:
    """A title before it, also with one more name between: "Dr Wanjiru Kamau"."""
    for at in (place - 1, place - 2):
        if at < 0:
            return False
        if reading.is_a(at, "adult") and not reading.is_a(at, "his"):
            return not (reading.is_a(at, "family") and reading.is_a(at + 1, "his"))
        if at == place - 1 and not reading.is_a(at, "name", "ambiguous", "link", "kind.of"):
            return False
    return False


def _signs_or_is_greeted(reading: Reading, place: int) -> bool:
    near = (place - 1, place - 2)
    if any(reading.is_a(at, "greeting") for at in near):
        return True
    return reading.is_a(place - 1, "self")

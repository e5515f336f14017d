"""Finds small places by their kind: "Kilimo primary school", "kijiji cha Mto", "قرية النهر".
Used by `children`. Countries, districts and big cities stand beside no such word, and pass."""

from __future__ import annotations

from exchange.safeguarding.screening.folding import words_of
from exchange.safeguarding.screening.reading import Reading

_AT = words_of("at in from to of near kutoka")
_LONGEST = 3


def place_at(reading: Reading, place: int) -> tuple[int, int] | None:
    """First and last word of the named place whose kind stands here, or nothing."""
    if reading.is_a(place, "place.before"):
        found = _name_before(reading, place)
        if found is not None:
            return found
    if reading.is_a(place, "place.after"):
        return _name_after(reading, place)
    if reading.word(place) in ("school", "village", "academy"):
        return _called_after(reading, place)
    return None


def _name_before(reading: Reading, place: int) -> tuple[int, int] | None:
    first = place
    while first > place - _LONGEST and _could_name(reading, first - 1):
        first -= 1
        if reading.opens(first) or reading.gaps[first].strip():
            break
    if first == place:
        return None
    if not reading.is_capital(first) and reading.word(first - 1) not in _AT:
        return None
    return first, place


def _name_after(reading: Reading, place: int) -> tuple[int, int] | None:
    at = place + 1
    while at < place + 4 and reading.is_a(at, "link"):
        at += 1
    if at >= len(reading.words) or reading.gaps[place + 1].strip(" '\"«“"):
        return None
    return (place, at) if _could_name(reading, at) else None


def _called_after(reading: Reading, place: int) -> tuple[int, int] | None:
    if reading.word(place + 1) in ("of", "called", "named") and _could_name(reading, place + 2):
        return place, place + 2
    return None


def _could_name(reading: Reading, place: int) -> bool:
    if not 0 <= place < len(reading.words) or len(reading.words[place]) < 3:
        return False
    if reading.words[place].isdigit() or not reading.written_as_name(place):
        return False
    plain = ("kind.of", "link", "place.before", "place.after", "children", "child", "lower.stop")
    return not reading.is_a(place, *plain, "his", "family", "compound", "institution", "year")

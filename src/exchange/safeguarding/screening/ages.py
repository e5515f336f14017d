"""Finds the exact age of one child: "9 years old", "ana miaka 9", "de 9 ans", "عمرها ٩ سنوات".
Used by `children`. Ranges, "about", durations and ages of many children are not exact ages."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.safeguarding.screening.folding import words_of
from exchange.safeguarding.screening.reading import Reading

ADULT = 18
_JOINING = words_of("to and or a y e et o ou hadi au na الي حتي و")
_UNIT_MARKS = words_of("yo y yrs yr")
_MANY = words_of("olds ages")
BEING = words_of(
    "is was am turned turning only just she he s ana alikuwa akiwa mwenye wa ina una yuko ako "
    "de a avait avoir ayant agee age tiene tenia con cumplio tem tinha com aos عمرها عمره"
)


@dataclass(frozen=True)
class Age:
    """An age that stands at these words; a child's or an adult's."""

    first: int
    last: int
    years: int


def age_at(reading: Reading, place: int) -> Age | None:
    """The exact age that the word at this place (a unit, or "aged") tells."""
    if reading.is_a(place, "aged"):
        return _after_aged(reading, place)
    for at in (place - 1, place + 1):
        years = reading.number(at)
        if years is None or (at > place and not reading.words[place].startswith("mia")):
            continue
        return _beside_unit(reading, place, at, years)
    return None


def bare_age(reading: Reading, place: int) -> Age | None:
    """A number that stands right after a name: "Akinyi, 9," or "Akinyi (9)"."""
    years = reading.number(place)
    if years is None or not 1 <= years <= ADULT or not reading.word(place).isdigit():
        return None
    before = reading.gaps[place].strip()
    after = reading.gaps[place + 1].strip() if place + 1 < len(reading.gaps) else ""
    enclosed = before in ("(", "[") and after[:1] in (")", "]")
    listed = before in (",", "،", "-", "–") and (after[:1] in (",", "،", ".", "-") or not after)
    if not (enclosed or listed) or reading.is_a(place + 1, "month"):
        return None
    return Age(place, place, years)


def _after_aged(reading: Reading, place: int) -> Age | None:
    for at in range(place + 1, place + 5):
        years = reading.number(at)
        if years is not None:
            unit = reading.is_a(at + 1, "year")
            close = at <= place + 2 or unit
            exact = close and _is_exact(reading, at, at + 1 if unit else at)
            return Age(place, at + 1 if unit else at, years) if exact else None
        if reading.opens(min(at, len(reading.words) - 1)):
            return None
    return None


def _beside_unit(reading: Reading, unit: int, at: int, years: int) -> Age | None:
    first, last = min(unit, at), max(unit, at)
    if reading.is_a(last + 1, "old"):
        last += 1
    elif not (_is_told(reading, first, last) or reading.words[unit] in _UNIT_MARKS):
        return None
    if reading.word(last + 1) in _MANY or not _is_exact(reading, at, last):
        return None
    if reading.is_a(last + 1, "span") and not reading.is_a(last, "old"):
        return None
    return Age(first, last, years)


def _is_told(reading: Reading, first: int, last: int) -> bool:
    """Without "old", something beside it must say that it is an age."""
    before = [reading.word(place) for place in range(first - 2, first)]
    if any(word in BEING for word in before) or reading.gaps[first].strip() in (",", "،", "("):
        return True
    return any(
        reading.is_a(place, "child", "name", "ambiguous", "aged")
        for place in (*range(first - 3, first), last + 1, last + 2)
    )


def _is_exact(reading: Reading, at: int, last: int) -> bool:
    """Not about, not for, not between, not of many."""
    before = at - 1
    if _is_range(reading, at):
        return False
    for place in (before, before - 1):
        if reading.is_a(place, "approx", "duration") and reading.word(place) not in BEING:
            return False
        if place != before and not reading.is_a(before, "link"):
            break
    if reading.is_a(before - 1, "approx") and reading.is_a(before, "aged", "link"):
        return False
    around = (*range(at - 4, at), last + 1)
    many = [place for place in around if reading.is_a(place, "children")]
    one = [place for place in around if reading.is_a(place, "child", "name")]
    return not many or bool(one)


def _is_range(reading: Reading, at: int) -> bool:
    gap_before, gap_after = reading.gaps[at], reading.gaps[at + 1]
    if reading.number(at - 1) is not None and gap_before.strip() in ("-", "–", "—", "/", ","):
        return True
    if reading.number(at + 1) is not None and gap_after.strip() in ("-", "–", "—", "/", ","):
        return True
    if gap_after.startswith("+") or gap_before.rstrip().endswith(("<", ">", "+", "%", "$")):
        return True
    if reading.word(at) == "kumi":
        return False
    if reading.word(at - 1) in _JOINING and reading.number(at - 2) is not None:
        return True
    return reading.word(at + 1) in _JOINING and reading.number(at + 2) is not None

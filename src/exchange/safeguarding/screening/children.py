"""Finds a passage that could point to one child: name, age, small place, family, day near each other.
Used by `judge`. One feature alone passes; the weights add up within a window of words."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from exchange.safeguarding.screening.ages import ADULT, BEING, age_at, bare_age
from exchange.safeguarding.screening.findings import CHILD_DESCRIBED, CHILD_NAMED, Finding
from exchange.safeguarding.screening.folding import words_of
from exchange.safeguarding.screening.names import may_be_named, name_at, named_after
from exchange.safeguarding.screening.phrases import Match
from exchange.safeguarding.screening.places import place_at
from exchange.safeguarding.screening.reading import Reading

WINDOW = 28
WEIGHTS = {"age": 2.0, "place": 2.0, "family": 2.0, "class": 1.0, "day": 1.0, "child": 1.0}
WEIGHTS |= {"harm": 1.0}
ASK_FROM = 4.0
GENERAL = 2.0
_POINTING = ("name", "age", "place", "family", "day", "class")
_NOT_ONE = words_of("each every any no all un une uno una kila chaque cada todo toda كل اي")


@dataclass(frozen=True)
class Feature:
    """Something about a person, at these words."""

    kind: str
    first: int
    last: int
    weight: float


def find(reading: Reading, matched: list[Match]) -> Iterator[Finding]:
    """Passages about one child, none inside another."""
    features = sorted(_features(reading, matched), key=lambda one: one.first)
    window: deque[Feature] = deque()
    pending: Finding | None = None
    for feature in features:
        while window and feature.last - window[0].first > WINDOW:
            if pending is not None:
                yield pending
                pending = None
                window.clear()
                break
            window.popleft()
        window.append(feature)
        pending = _judge_window(reading, window) or pending
    if pending is not None:
        yield pending


def _features(reading: Reading, matched: list[Match]) -> Iterator[Feature]:
    skipped = _not_of_children(reading, matched)
    adults: set[int] = set()
    for place in reading.marks:
        age = _age_feature(reading, place)
        if age is not None:
            if age.kind == "adult":
                adults.update(range(age.first - 4, age.last + 5))
            else:
                yield age
                yield from _named_by_age(reading, age, skipped)
    yield from _of_phrases(reading, matched, adults | skipped)
    for place in reading.marks:
        yield from _of_word(reading, place, adults | skipped)


def _age_feature(reading: Reading, place: int) -> Feature | None:
    if reading.is_a(place, "name", "ambiguous"):
        age = bare_age(reading, place + 1) or bare_age(reading, place + 2)
    elif reading.is_a(place, "year", "aged"):
        age = age_at(reading, place)
    else:
        return None
    if age is None:
        return None
    kind = "age" if age.years < ADULT else "adult"
    return Feature(kind, age.first, age.last, WEIGHTS["age"])


def _named_by_age(reading: Reading, age: Feature, skipped: set[int]) -> Iterator[Feature]:
    """ "Amos, 8 years old": an age set off behind one word makes a name of it, listed or not."""
    place = age.first - 1
    if reading.word(place) in BEING:
        place -= 1
    if place >= 0 and place not in skipped and may_be_named(reading, place):
        yield Feature("name", place, place, 2.5)


def _not_of_children(reading: Reading, matched: list[Match]) -> set[int]:
    """Places of names of well-known people, and of the writer's own."""
    skipped: set[int] = set()
    for match in matched:
        if match.code == "_known":
            skipped.update(range(match.first, match.last + 1))
        elif match.code == "_self":
            skipped.update((match.last + 1, match.last + 2))
    return skipped


def _of_phrases(reading: Reading, matched: list[Match], skipped: set[int]) -> Iterator[Feature]:
    for match in matched:
        if match.code == "_family":
            yield Feature("family", match.first, match.last, WEIGHTS["family"])
        elif match.code == "_named":
            place = named_after(reading, match)
            if place is not None and place not in skipped:
                yield Feature("name", match.first, place, 3.0)


def _of_word(reading: Reading, place: int, skipped: set[int]) -> Iterator[Feature]:
    if reading.is_a(place, "name", "ambiguous") and place not in skipped:
        weight = name_at(reading, place)
        if weight:
            yield Feature("name", place, place, weight)
    if reading.is_a(place, "place.before", "place.after"):
        found = place_at(reading, place)
        if found is not None:
            yield Feature("place", *found, WEIGHTS["place"])
    if reading.is_a(place, "schoolyear") and _has_class_number(reading, place):
        yield Feature("class", place, place + 1, WEIGHTS["class"])
    if reading.is_a(place, "child") and _is_one_child(reading, place):
        yield Feature("child", place, place, WEIGHTS["child"])
    if reading.is_a(place, "day") or _is_date(reading, place):
        yield Feature("day", place, place, WEIGHTS["day"])
    if reading.is_a(place, "harm"):
        yield Feature("harm", place, place, WEIGHTS["harm"])


def _has_class_number(reading: Reading, place: int) -> bool:
    at = place + 2 if reading.is_a(place + 1, "link") else place + 1
    number = reading.number(at)
    return number is not None and 0 < number < 14 and not reading.gaps[at].strip()


def _is_one_child(reading: Reading, place: int) -> bool:
    if reading.is_a(place + 1, "compound") and not reading.opens(place + 1):
        return False
    before = reading.word(place - 1)
    if reading.gaps[place].endswith("'") and reading.word(place - 2) in ("de", "des", "da"):
        return False
    return before not in _NOT_ONE or before in ("un", "une", "uno", "una")


def _is_date(reading: Reading, place: int) -> bool:
    if not reading.is_a(place, "month"):
        return False
    before = place - 2 if reading.is_a(place - 1, "link") else place - 1
    day = reading.number(before) or reading.number(place + 1)
    return day is not None and 1 <= day <= 31


def _judge_window(reading: Reading, window: deque[Feature]) -> Finding | None:
    best: dict[str, Feature] = {}
    for feature in window:
        if feature.kind not in best or feature.weight >= best[feature.kind].weight:
            best[feature.kind] = feature
    if not _points_to_a_child(best):
        return None
    score = sum(feature.weight for feature in best.values())
    first, last = min(f.first for f in best.values()), max(f.last for f in best.values())
    if "name" not in best and _is_general(reading, first, last):
        score -= GENERAL
    if score < ASK_FROM:
        return None
    strong = {"name", "age"} <= best.keys() and bool({"place", "class"} & best.keys())
    code = CHILD_NAMED if "name" in best else CHILD_DESCRIBED
    pointing = [feature for kind, feature in best.items() if kind in _POINTING]
    return reading.finding(
        code,
        min(feature.first for feature in pointing),
        max(feature.last for feature in pointing),
        score,
        strong=strong,
    )


def _points_to_a_child(best: dict[str, Feature]) -> bool:
    """Somebody must be a child, and something must point to which."""
    kinds = best.keys()
    if "name" in kinds:
        return bool({"child", "age", "family", "class", "harm"} & kinds) and _near(best)
    if "age" in kinds:
        return bool({"place", "family", "day", "class"} & kinds)
    return {"child", "place", "family"} <= kinds or {"child", "place", "harm", "class"} <= kinds


def _near(best: dict[str, Feature]) -> bool:
    """A name needs its child, age or family closer by than the window is wide."""
    name = best["name"]
    close = [f for kind, f in best.items() if kind in ("child", "age", "family", "class", "harm")]
    return any(abs(feature.first - name.last) <= 14 for feature in close)


def _is_general(reading: Reading, first: int, last: int) -> bool:
    return any(reading.is_a(place, "general") for place in range(max(0, first - 12), last + 12))

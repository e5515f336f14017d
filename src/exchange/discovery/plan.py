"""What somebody typed, understood: groups of terms that mean one word, each with its rarity.
Called by queries of this room; pure but for the counts it is given."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from exchange.discovery import analyser, coding
from exchange.discovery.analyser import Term, Word
from exchange.discovery.lexicon import Match, lexicon, start
from exchange.discovery.stems import WEAK_WORDS

MOST_GROUPS = 24
MOST_TYPED = 64
_OTHER_READING = 0.65  # a word read in another language than the query's own
_WEAK = 0.15  # words of conversation: "want", "help", "good"
EXPANSION = 0.42
_SHRINKING = 25  # entries' worth of trust in a thing's rarity in all languages
_MENDED = 0.7  # a word mended from a typing error
PHRASE_WEIGHT = 1.2

_LANGUAGE_KEYS = {code: coding.key(f"language:{code}") for code in analyser.LANGUAGES}

# (found in, titles) by key; the entry for 0 is the number of all entries.
Counts = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Keys that must all be there, whose language they are, and how much they count beside
    what was typed; `worth` is that times their rarity, once it is known. `starts` are the first
    letters of their stems."""

    keys: tuple[int, ...]
    language: str
    weight: float
    starts: tuple[str, ...] = ()
    worth: float = 0.0


@dataclass(slots=True)
class Group:
    """One typed word (or a phrase that names something) with everything it may mean."""

    form: str
    place: int
    end: int
    weight: float = 1.0
    exact: int = 0
    readings: tuple[Alternative, ...] = ()
    expansions: tuple[Alternative, ...] = ()
    rarity: float = 0.0
    found: int = 0
    titles: int = 0
    # The same of the most frequent of its names alone: no less than this match.
    surely: int = 0
    surely_titles: int = 0
    known: bool = True

    @property
    def is_word(self) -> bool:
        """Whether it is one typed word, not a phrase of several."""
        return self.place + 1 == self.end


@dataclass(slots=True)
class Plan:
    """A query ready to be asked."""

    text: str
    language: str
    typed: list[Word] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    total: int = 0
    # How many entries each filter that was asked about holds.
    filtered: Mapping[int, int] = field(default_factory=dict)

    @property
    def asked(self) -> list[Group]:
        """The groups that stand anywhere."""
        return [group for group in self.groups if group.readings or group.expansions]

    @property
    def unknown(self) -> list[Group]:
        """Typed words that stand nowhere."""
        return [group for group in self.groups if not group.known]


def read(text: str, language: str) -> Plan:
    """The groups of a typed text, before anything is known of their rarity."""
    typed = list(analyser.words(text, most=MOST_TYPED))
    forms = [word.form for word in typed]
    guessed = analyser.guess(forms, language)
    kept, readings = _without_stop_words(forms, guessed)
    plan = Plan(text=text, language=guessed, typed=typed)
    plan.matches = lexicon().found(readings, guessed)
    seen: dict[str, Group] = {}
    for place, (form, reading) in enumerate(zip(kept, readings, strict=True)):
        if form in seen:
            continue
        seen[form] = _group(form, place, reading, guessed)
    plan.groups = list(seen.values())[:MOST_GROUPS]
    _expand(plan)
    return plan


def weigh(plan: Plan, counts: Counts) -> None:
    """Give every alternative its worth and drop what stands nowhere."""
    plan.total = counts.get(0, (0, 0))[0]
    sizes = _sizes(plan.total, counts)
    for group in plan.groups:
        _weigh(group, counts, sizes)


def _weigh(group: Group, counts: Counts, sizes: Mapping[str, int]) -> None:
    readings = _present(group.readings, counts)
    typed = {one.keys for one in readings}
    expansions = [one for one in _present(group.expansions, counts) if one.keys not in typed]
    total = sizes[""]
    found = min(total, _pooled((*readings, *expansions), counts, 0))
    # How often the thing is spoken of in any language, under any of its names: where few entries
    # are written in a language, this says more of a word's rarity than those few do.
    usual = (found + 0.5) / (total + 1)
    group.readings = tuple(_worth(readings, group.weight, usual, counts, sizes))
    group.expansions = tuple(_worth(expansions, group.weight, usual, counts, sizes))
    group.known = bool(group.readings or group.expansions)
    group.found = found
    group.titles = min(total, _pooled((*readings, *expansions), counts, 1))
    names = (*readings, *expansions)
    group.surely = max((_least(one.keys, counts, 0) for one in names), default=0)
    group.surely_titles = max((_least(one.keys, counts, 1) for one in names), default=0)
    worths = [one.worth for one in (*group.readings, *group.expansions)]
    group.rarity = max(worths, default=_rarity(usual) * group.weight)


def _worth(
    alternatives: list[Alternative],
    weight: float,
    usual: float,
    counts: Counts,
    sizes: Mapping[str, int],
) -> list[Alternative]:
    """Names of one thing in one language share their rarity: a rare name of a common thing tells
    no more than the common one."""
    pooled: dict[str, int] = {}
    for one in alternatives:
        pooled[one.language] = pooled.get(one.language, 0) + _least(one.keys, counts, 0)
    rarity = {}
    for language, found in pooled.items():
        size = sizes.get(language, 0)
        share = (min(found, size) + _SHRINKING * usual) / (size + _SHRINKING)
        rarity[language] = _rarity(share) * weight
    return [replace(one, worth=one.weight * rarity[one.language]) for one in alternatives]


def _rarity(share: float) -> float:
    share = min(max(share, 1e-7), 1.0)
    return math.log(1 + (1 - share) / share)


def _sizes(total: int, counts: Counts) -> dict[str, int]:
    """How many entries each language has; "" is all of them, the rest is OTHER."""
    sizes = {code: counts.get(key, (0, 0))[0] for code, key in _LANGUAGE_KEYS.items()}
    rest = total - sum(sizes.values())
    return {**sizes, analyser.OTHER: max(rest, 0), "": total}


def understand(group: Group, form: str, plan: Plan, counts: Counts) -> None:
    """Let a mistyped word mean a word of the vocabulary, at less weight than one typed right."""
    group.readings = tuple(
        replace(one, weight=one.weight * _MENDED)
        for one in _group(form, group.place, analyser.readings(form), plan.language).readings
    )
    _weigh(group, counts, _sizes(plan.total, counts))


def keys(plan: Plan) -> set[int]:
    """Every key whose counts `weigh` needs."""
    found = {0, *_LANGUAGE_KEYS.values()}
    for group in plan.groups:
        for alternative in (*group.readings, *group.expansions):
            found.update(alternative.keys)
    return found


def _without_stop_words(forms: list[str], language: str) -> tuple[list[str], list[dict[str, Term]]]:
    pairs = [(form, analyser.readings(form)) for form in forms]
    kept = [pair for pair in pairs if language in pair[1] or _foreign(pair[0], language)]
    # A query of small words alone ("who are we") is taken as it stands.
    kept = kept or [pair for pair in pairs if pair[1]]
    return [form for form, _reading in kept], [reading for _form, reading in kept]


def _foreign(form: str, language: str) -> bool:
    """A word in another script than the query's language, such as a name in an Arabic question."""
    return analyser.language_of(form, language) != language


def _group(form: str, place: int, reading: dict[str, Term], language: str) -> Group:
    alternatives = []
    for code, term in reading.items():
        weight = 1.0 if code in (language, analyser.OTHER) else _OTHER_READING
        alternatives.append(
            Alternative((coding.key(term.token),), code, weight, (start(term.token),))
        )
    return Group(
        form=form,
        place=place,
        end=place + 1,
        weight=_WEAK if form in WEAK_WORDS.get(language, ()) else 1.0,
        exact=coding.key("=" + form),
        readings=tuple(alternatives),
    )


def _expand(plan: Plan) -> None:
    """Hang the other names of what is named on its word, or on a group of its own for phrases."""
    by_place = {group.place: group for group in plan.groups}
    phrases: dict[tuple[int, int], Group] = {}
    for match in plan.matches:
        alternatives = _names(match)
        if match.end - match.start == 1:
            group = by_place.get(match.start)
        else:
            group = phrases.setdefault(
                (match.start, match.end),
                Group("", match.start, match.end, weight=PHRASE_WEIGHT),
            )
        if group is not None:
            group.expansions = (*group.expansions, *alternatives)
    plan.groups += [group for group in phrases.values() if group.expansions]


def _names(match: Match) -> list[Alternative]:
    concept = match.concept
    found = [
        Alternative(name.keys, name.language, EXPANSION, name.starts) for name in concept.names
    ]
    if concept.token:
        found.append(Alternative((concept.token,), "", 1.0))
    return found


def _present(alternatives: Iterable[Alternative], counts: Counts) -> list[Alternative]:
    best: dict[tuple[int, ...], Alternative] = {}
    for one in alternatives:
        known = best.get(one.keys)
        if (known is None or known.weight < one.weight) and _least(one.keys, counts, 0):
            best[one.keys] = one
    return list(best.values())


def _least(keys: tuple[int, ...], counts: Counts, column: int) -> int:
    return min(counts.get(key, (0, 0))[column] for key in keys)


def _pooled(alternatives: Iterable[Alternative], counts: Counts, column: int) -> int:
    return sum(_least(one.keys, counts, column) for one in alternatives)

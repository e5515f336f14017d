"""What somebody typed, understood: groups of terms that mean one word, each with its rarity.
Called by queries of this room; pure but for the counts it is given."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from exchange.discovery import analyser, coding
from exchange.discovery.analyser import Term, Word
from exchange.discovery.lexicon import Match, lexicon
from exchange.discovery.stems import WEAK_WORDS

MOST_GROUPS = 24
MOST_TYPED = 64
_OTHER_READING = 0.6  # a word read in another language than the query's own
_WEAK = 0.15  # words of conversation: "want", "help", "good"
EXPANSION = 0.5
_OWN = 0.15
_MENDED = 0.7  # a word mended from a typing error
PHRASE_WEIGHT = 0.9

# (found in, titles) by key; the entry for 0 is the number of all entries.
Counts = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Keys that must all be there, and how much they count beside what was typed."""

    keys: tuple[int, ...]
    weight: float


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
    idf: float = 0.0
    expansion_idf: float = 0.0
    found: int = 0
    titles: int = 0
    known: bool = True


@dataclass(slots=True)
class Plan:
    """A query ready to be asked."""

    text: str
    language: str
    typed: list[Word] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    total: int = 0

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
    """Give each group its rarity and drop what stands nowhere."""
    plan.total = counts.get(0, (0, 0))[0]
    total = max(1, plan.total)
    for group in plan.groups:
        group.readings = tuple(_present(group.readings, counts))
        group.expansions = tuple(_present(group.expansions, counts))
        group.known = bool(group.readings or group.expansions)
        found = _pooled(group.readings, counts, 0)
        expanded = _pooled(group.expansions, counts, 0)
        # A word of a language few entries are written in is not therefore a rare word: what its
        # other names say of its rarity counts for most.
        pooled = _idf(found + expanded, total)
        group.idf = (_OWN * _idf(found, total) + (1 - _OWN) * pooled) * group.weight
        group.expansion_idf = pooled * group.weight
        group.found = min(total, found + expanded)
        titled = _pooled(group.readings, counts, 1) + _pooled(group.expansions, counts, 1)
        group.titles = min(total, titled)


def understand(group: Group, form: str, language: str, counts: Counts, total: int) -> None:
    """Let a mistyped word mean a word of the vocabulary, at less weight than one typed right."""
    found = _group(form, group.place, analyser.readings(form), language).readings
    group.readings = tuple(
        Alternative(one.keys, one.weight * _MENDED) for one in _present(found, counts)
    )
    group.found = min(total, _pooled(group.readings, counts, 0))
    group.titles = min(total, _pooled(group.readings, counts, 1))
    group.idf = group.expansion_idf = _idf(group.found, total) * group.weight


def keys(plan: Plan) -> set[int]:
    """Every key whose counts `weigh` needs."""
    found = {0}
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
    alternatives = {}
    for code, term in reading.items():
        weight = 1.0 if code in (language, analyser.OTHER) else _OTHER_READING
        alternatives[coding.key(term.token)] = weight
    return Group(
        form=form,
        place=place,
        end=place + 1,
        weight=_WEAK if form in WEAK_WORDS.get(language, ()) else 1.0,
        exact=coding.key("=" + form),
        readings=tuple(Alternative((key,), weight) for key, weight in alternatives.items()),
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
    found = [Alternative(phrase, EXPANSION) for phrase in concept.phrases]
    if concept.token:
        found.append(Alternative((concept.token,), 1.0))
    return found


def _present(alternatives: Iterable[Alternative], counts: Counts) -> list[Alternative]:
    best: dict[tuple[int, ...], float] = {}
    for one in alternatives:
        if all(counts.get(key, (0, 0))[0] > 0 for key in one.keys):
            best[one.keys] = max(one.weight, best.get(one.keys, 0.0))
    return [Alternative(keys, weight) for keys, weight in best.items()]


def _pooled(alternatives: Iterable[Alternative], counts: Counts, column: int) -> int:
    return sum(min(counts[key][column] for key in one.keys) for one in alternatives)


def _idf(found: int, total: int) -> float:
    return math.log(1 + (total - min(found, total) + 0.5) / (found + 0.5))

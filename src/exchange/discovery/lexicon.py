"""The field's own words: topics, countries, abbreviations and everyday words in six languages,
found in a query as phrases. Called by plan and queries; kept in memory until terms change."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import override

from exchange.contributions import kinds
from exchange.core import languages
from exchange.discovery import analyser, coding
from exchange.discovery.analyser import Term
from exchange.taxonomy import vocabulary

_OWN = Path(__file__).parent / "lexicon.yaml"
_SYNONYMS = Path(vocabulary.__file__).parent / "starter" / "synonyms.yaml"
_SECTIONS = {
    "topic": "topics",
    "leadership": "leadership",
    "type": "types",
    "mechanism": "mechanisms",
    "setting": "settings",
    "audience": "audiences",
}
FACETS = ("kind", "topic", "country", "leadership", "language", "type")
_LONGEST_PHRASE = 6
BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing: the keys of its words, their language, the starts of their stems."""

    keys: tuple[int, ...]
    language: str
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing with its names. `token` marks entries placed under
    it; `facet` is ("topic", "child-marriage") where it is a value to filter by."""

    names: tuple[Name, ...]
    token: int = 0
    facet: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A concept named by the words from `start` to before `end` of a query."""

    start: int
    end: int
    concept: Concept


class Lexicon:
    """All concepts, found by the first word of any of their names."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}

    def add(
        self, names: Mapping[str, Sequence[str]], token: str, facet: tuple[str, str] | None
    ) -> None:
        """Add a concept with its names by language."""
        phrases: dict[tuple[str, ...], None] = {}
        for language, given in names.items():
            for name in given:
                words = tuple(term.token for term in analyser.terms(str(name), language))
                if 0 < len(words) <= _LONGEST_PHRASE:
                    phrases[words] = None
        found = tuple(
            Name(tuple(map(coding.key, phrase)), phrase[0][:2], tuple(map(start, phrase)))
            for phrase in phrases
        )
        concept = Concept(found, coding.key(token) if token else 0, facet)
        for phrase in phrases:
            self._by_first.setdefault(phrase[0], []).append((phrase, concept))

    def found(self, readings: list[dict[str, Term]], preferred: str) -> list[Match]:
        """The concepts a query names: in the language it is written in, and in others for words
        that name nothing in it."""
        matches = list(self._in_language(readings, preferred))
        taken = {place for match in matches for place in range(match.start, match.end)}
        for language in analyser.LANGUAGES:
            if language == preferred:
                continue
            for match in self._in_language(readings, language):
                places = set(range(match.start, match.end))
                if not places & taken:
                    matches.append(match)
        return matches

    def _in_language(self, readings: list[dict[str, Term]], language: str) -> Iterator[Match]:
        places = [
            (place, reading[language].token)
            for place, reading in enumerate(readings)
            if language in reading
        ]
        for at, (start, token) in enumerate(places):
            for phrase, concept in self._by_first.get(token, ()):
                size = len(phrase)
                if tuple(token for _place, token in places[at : at + size]) == phrase:
                    yield Match(start, places[at + size - 1][0] + 1, concept)


def start(token: str) -> str:
    """The first letters of a token's stem, with which nearly every form of it begins."""
    return token[3 : 3 + BEGINNING]


_lock = threading.Lock()
_kept: list[tuple[object, Lexicon]] = []


def lexicon() -> Lexicon:
    """The lexicon of the terms as they are now."""
    marker = vocabulary.terms("topic")
    with _lock:
        if not _kept or _kept[0][0] != marker:
            _kept[:] = [(marker, _read())]
        return _kept[0][1]


def _read() -> Lexicon:
    found = Lexicon()
    synonyms: dict[str, Any] = yaml.safe_load(_SYNONYMS.read_text(encoding="utf-8"))
    own: dict[str, Any] = yaml.safe_load(_OWN.read_text(encoding="utf-8"))
    for names in own["concepts"]:
        found.add(names, "", None)
    for vocabulary_name, section in _SECTIONS.items():
        for word in vocabulary.terms(vocabulary_name):
            names = {code: [label] for code, label in word.labels.items()}
            for code, more in synonyms.get(section, {}).get(word.slug, {}).items():
                names.setdefault(code, []).extend(more)
            facet = (vocabulary_name, word.slug) if vocabulary_name in FACETS else None
            found.add(names, word.key, facet)
    for language, groups in synonyms.get("equivalents", {}).items():
        for group in groups:
            found.add({language: group}, "", None)
    _add_abbreviations(found, synonyms)
    _add_countries(found, synonyms.get("countries", {}))
    _add_kinds(found)
    return found


def _add_abbreviations(found: Lexicon, synonyms: dict[str, Any]) -> None:
    """The same letters may be short for something else in each language; the English reading
    stands for all the others."""
    own = synonyms.get("abbreviations_by_language", {})
    for short, words in synonyms.get("abbreviations", {}).items():
        names = {code: [short] for code in analyser.LANGUAGES if short not in own.get(code, {})}
        names["en"] = [short, words]
        found.add(names, "", None)
    for language, pairs in own.items():
        for short, words in pairs.items():
            found.add({language: [short, words]}, "", None)


def _add_countries(found: Lexicon, also: dict[str, list[str]]) -> None:
    for word in vocabulary.terms("country"):
        names = {
            code: [vocabulary.country_name(word.slug, code), *also.get(word.slug, [])]
            for code in analyser.LANGUAGES
        }
        found.add(names, word.key, ("country", word.slug))


def _add_kinds(found: Lexicon) -> None:
    for kind in kinds.every():
        names = {}
        for code in analyser.LANGUAGES:
            with override(code):
                names[code] = [str(kind.label), str(kind.plural)]
        found.add(names, "", ("kind", kind.slug))
    for code in languages.INTERFACE:
        named = {other: [languages.name_of(code, other)] for other in analyser.LANGUAGES}
        found.add(named, "", ("language", code))

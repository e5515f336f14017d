"""Which topics people's own words are about: labels and synonyms of the six languages, read once.
Called by alerts, to know which questions a member could help with."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

from exchange.taxonomy import vocabulary

SYNONYMS = Path(__file__).parent / "starter" / "synonyms.yaml"
_WORD = re.compile(r"[^\W_]+")
# A word of this length may go on: "committee" is meant by "committees" too.
_STEM = 4


@lru_cache(maxsize=4096)
def topics_in(words: str) -> frozenset[str]:
    """The slugs of the topics that these words name, in whatever of our languages."""
    said = _folded(words)
    return frozenset(slug for slug, phrase in _phrases() if _says(said, phrase))


def forget() -> None:
    """The vocabulary was loaded anew."""
    _phrases.cache_clear()
    topics_in.cache_clear()


def _says(said: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    length = len(phrase)
    return any(
        all(map(_is_form_of, said[start : start + length], phrase))
        for start in range(len(said) - length + 1)
    )


def _is_form_of(word: str, known: str) -> bool:
    """The same word, or one that only goes on a little: a plural, an ending."""
    return word == known or (
        len(known) >= _STEM and word.startswith(known) and len(word) <= len(known) + 2
    )


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    document = yaml.safe_load(SYNONYMS.read_text(encoding="utf-8"))
    found: set[tuple[str, tuple[str, ...]]] = set()
    for topic in vocabulary.terms("topic"):
        found.update((topic.slug, _folded(label)) for label in topic.labels.values())
    for slug, languages in document.get("topics", {}).items():
        for phrases in languages.values():
            found.update((slug, _folded(phrase)) for phrase in phrases)
    short = {
        str(code).casefold(): _folded(full) for code, full in document["abbreviations"].items()
    }
    # Who writes "MHPSS" means its words, and those may stand for a topic.
    by_words = {phrase: slug for slug, phrase in found}
    found.update(
        (by_words[phrase], _folded(code)) for code, phrase in short.items() if phrase in by_words
    )
    return tuple(sorted(one for one in found if one[1]))


def _folded(words: str) -> tuple[str, ...]:
    """Words without capitals and accents, as people type them on a phone."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(_WORD.findall(bare))

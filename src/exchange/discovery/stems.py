"""Stems and stop words by language: Snowball for four, own light rules for Swahili and Arabic.
Called by analyser alone; words come in folded (no accents, Arabic letters unified)."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import snowballstemmer
import yaml

from exchange.discovery import swahili

_WORDS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "smallwords.yaml").read_text(encoding="utf-8")
)


def _sets(section: str) -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _WORDS[section].items()}


STOP_WORDS = _sets("stop")
# Words of conversation: they say that somebody asks, not what about.
WEAK_WORDS = _sets("weak")
IRREGULAR: dict[str, dict[str, str]] = _WORDS["irregular"]
_SNOWBALL = {"en": "english", "fr": "french", "es": "spanish", "pt": "portuguese"}
# The light stemmer of Larkey, Ballesteros and Connell ("light10"). Snowball's Arabic rules were
# tried first: they cut roots ("data" became "hands") and part singular from plural.
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")

_local = threading.local()


def stem(form: str, language: str) -> str:
    """The stem of a folded form; the form itself in languages without rules."""
    if language == "sw":
        return swahili.stem(form)
    if language == "ar":
        return _arabic(form)
    if language not in _SNOWBALL:
        return form
    return _snowball(IRREGULAR.get(language, {}).get(form, form), language)


def _arabic(form: str) -> str:
    """The light stem: article and particles off, then endings; broken plurals brought home."""
    known = IRREGULAR["ar"]
    bare = form
    for prefix in _ARABIC_PREFIXES:
        if form.startswith(prefix) and len(form) - len(prefix) >= 3:
            bare = form[len(prefix) :]
            break
    if bare[:1] in ("ب", "ل", "ف") and bare[1:] in known:
        bare = bare[1:]
    bare = known.get(bare, bare)
    for suffix in _ARABIC_SUFFIXES:
        if bare.endswith(suffix) and len(bare) - len(suffix) >= 3:
            bare = bare[: -len(suffix)]
    return bare


def _snowball(form: str, language: str) -> str:
    # The stemmers keep their state in themselves, so each thread has its own.
    stemmers = getattr(_local, "stemmers", None)
    if stemmers is None:
        stemmers = _local.stemmers = {}
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(_SNOWBALL[language])
    return str(stemmers[language].stemWord(form))

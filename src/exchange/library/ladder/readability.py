"""How easy a short text is to read: words a sentence, long words, and a formula where one is known.
Pure; called by the actions and cards of the short versions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"[^\W_]+(?:['’\-‐][^\W_]+)*")
# Points of Latin, Arabic and Urdu sentences; a line of its own is a sentence of its own.
_END = re.compile(r"[.!?…؟۔。]+[\"'”»)\]]*(?=\s|$)|\n+")
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+"),
    # Weak vowels join a strong one; an accent on the weak one parts them (día, país).
    "es": re.compile(r"[iuü]?[aeoáéó][iuy]?(?![iuü]?[aeoáéóíú])|[iuü]?[aeoáéó]|[íú]|[iuüy]+"),
    # Nasal pairs are one; an i before a vowel is a syllable of its own (cri-an-ça).
    "pt": re.compile(
        r"ão|ãe|õe|(?:(?<=[qg])u)?[aeoáâãàéêóôõ](?:[iu](?![aeoáâãéêóôõ]))?|[íú]|[iuy]"
    ),
}
# So many letters make a word long where no formula is known.
LONG = 8
LONG_ARABIC = 7


class Ease(StrEnum):
    EASY = "easy"
    MIDDLE = "middle"
    HEAVY = "heavy"


@dataclass(frozen=True)
class Readability:
    """`score` is what the language's formula gives: a grade in English, 0 to 100 elsewhere; None
    where no formula is known. `long_words` is their share, in a hundred."""

    words: int
    sentences: int
    long_words: int
    score: float | None
    ease: Ease

    @property
    def words_a_sentence(self) -> int:
        return round(self.words / self.sentences) if self.sentences else 0


def _kincaid(words: float, syllables: float) -> float:
    """Grade level: Kincaid, Fishburne, Rogers and Chissom, 1975."""
    return 0.39 * words + 11.8 * syllables - 15.59


def _kandel_moles(words: float, syllables: float) -> float:
    """Kandel and Moles, 1958."""
    return 207 - 1.015 * words - 73.6 * syllables


def _fernandez_huerta(words: float, syllables: float) -> float:
    """Fernández Huerta, 1959, as corrected: 60 for each syllable a word."""
    return 206.84 - 1.02 * words - 60 * syllables


def _martins(words: float, syllables: float) -> float:
    """Martins, Ghiraldelo, Nunes and Oliveira, 1996."""
    return 248.835 - 1.015 * words - 84.6 * syllables


FORMULAS: dict[str, Callable[[float, float], float]] = {
    "en": _kincaid,
    "fr": _kandel_moles,
    "es": _fernandez_huerta,
    "pt": _martins,
}


def words_of(text: str) -> list[str]:
    """The words of a text; vowel marks of Arabic are no letters."""
    return _WORD.findall(_MARKS.sub("", text))


def read(text: str, language: str) -> Readability:
    """What can be said of a text in a language."""
    words = words_of(text)
    sentences = [piece for piece in _END.split(text) if _WORD.search(piece)]
    if not words:
        return Readability(0, 0, 0, None, Ease.EASY)
    code = language.split("-")[0]
    longest = LONG_ARABIC if code in ("ar", "fa", "ur") else LONG
    share = round(100 * sum(len(word) > longest for word in words) / len(words))
    each = len(words) / len(sentences)
    score = None
    if code in FORMULAS:
        per_word = sum(syllables(word, code) for word in words) / len(words)
        score = round(FORMULAS[code](each, per_word), 1)
    return Readability(len(words), len(sentences), share, score, _ease(code, each, share, score))


def syllables(word: str, language: str) -> int:
    """About how many; at least one. Good enough over some sentences, not for one word."""
    plain = word.casefold()
    found = len(_VOWELS[language].findall(plain))
    silent_e = language == "en" and re.search(r"[^aeiouyl]e[sd]?$", plain)
    if silent_e and not re.search(r"[td]ed$|[sxz]es$|[cg]es$|(?:ch|sh)es$", plain):
        found -= 1
    if language == "fr" and re.search(r"[^aeiouyàâéèêëîïôùûü](?:e|es|ent)$", plain):
        found -= 1
    return max(1, found)


def _ease(code: str, each: float, long_words: int, score: float | None) -> Ease:
    """Both must be easy: long sentences of short words tire as well."""
    by_length = Ease.EASY if each <= 15 else Ease.MIDDLE if each <= 22 else Ease.HEAVY
    if score is None:
        by_words = (
            Ease.EASY if long_words <= 25 else Ease.MIDDLE if long_words <= 40 else Ease.HEAVY
        )
    elif code == "en":
        by_words = Ease.EASY if score <= 8 else Ease.MIDDLE if score <= 12 else Ease.HEAVY
    else:
        by_words = Ease.EASY if score >= 65 else Ease.MIDDLE if score >= 45 else Ease.HEAVY
    order = list(Ease)
    return max(by_length, by_words, key=order.index)

"""Text into terms, the same for the index and for what people type, in any language and script.
Called by actions, plan, snippets and lexicon of this room; touches no database."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from exchange.discovery.stems import STOP_WORDS, stem

LANGUAGES = ("en", "fr", "es", "pt", "sw", "ar")
LATIN = ("en", "fr", "es", "pt", "sw")
OTHER = "xx"  # words of languages we have no rules for, and names in a foreign script
LONGEST_WORD = 40
MOST_WORDS = 5_000

_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"
_DROPPED = re.compile(f"[{_INVISIBLE}{_ARABIC_MARKS}\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7]")
_ARABIC_LETTERS = str.maketrans("أإآٱىةکیؤئ", "ااااي\u0647كيوي")
_LATIN_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
# Scripts written without spaces are cut into pairs of characters.
_UNSPACED = re.compile(
    "[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)


def _marks() -> str:
    """The combining marks as a character class: without them Hindi falls apart into consonants."""
    found = (chr(n) for n in range(sys.maxunicode >> 4) if unicodedata.category(chr(n))[0] == "M")
    return "".join(map(re.escape, found))


_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{_INVISIBLE}{_marks()}])*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its folded form and where it stands in the original."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A word as the index knows it: the language's stem, and the exact form."""

    token: str
    form: str
    is_stem: bool  # whether the form was changed by stemming


def fold(word: str) -> str:
    """A word without case, accents, Arabic marks and invisible characters, cut at 40."""
    if word.isascii():
        return word[:LONGEST_WORD].lower()
    word = unicodedata.normalize("NFKC", word[: 4 * LONGEST_WORD]).casefold()
    plain = _DROPPED.sub("", unicodedata.normalize("NFD", word))
    plain = unicodedata.normalize("NFC", plain).translate(_ARABIC_LETTERS)
    plain = plain.translate(_LATIN_LETTERS)
    return "".join(c for c in plain if c == "\u200d" or c.isprintable())[:LONGEST_WORD]


_folded = lru_cache(maxsize=32_768)(fold)


def words(text: str, *, most: int = MOST_WORDS) -> Iterator[Word]:
    """The words of a text in order. Single Latin letters are left out."""
    count = 0
    for match in _WORD.finditer(text):
        form = _folded(match.group())
        if not form or (len(form) == 1 and form.isascii() and form.isalpha()):
            continue
        if form.isascii() or not _UNSPACED.search(form):
            yield Word(form, match.start(), match.end())
            count += 1
        else:
            for word in _pieces(form, match.start(), match.end()):
                yield word
                count += 1
        if count >= most:
            return


def placed(
    text: str, *, most: int, beginning: Container[str] | None = None, letters: int = 3
) -> Iterator[tuple[str, int, int]]:
    """The words of a text as (form, start, end), of those alone that begin so: `words` for
    callers that look at thousands and want a few."""
    for count, match in enumerate(_WORD.finditer(text)):
        if count >= most:
            return
        raw = match.group()
        if beginning is not None and raw.isascii() and raw[:letters].lower() not in beginning:
            continue
        form = _folded(raw)
        if beginning is not None and form[:letters] not in beginning:
            continue
        if form.isascii() or not _UNSPACED.search(form):
            yield form, match.start(), match.end()
        else:
            for word in _pieces(form, match.start(), match.end()):
                yield word.form, word.start, word.end


def written(text: str) -> list[str]:
    """The words of a text as they are written, for callers that fold each only once."""
    return _WORD.findall(text)


def _pieces(form: str, start: int, end: int) -> Iterator[Word]:
    if len(form) < 3:
        yield Word(form, start, end)
        return
    exact = end - start == len(form)
    for place in range(len(form) - 1):
        first = start + place if exact else start
        yield Word(form[place : place + 2], first, first + 2 if exact else end)


def language_of(form: str, language: str) -> str:
    """Whose rules a word follows in a text of `language`: a foreign script keeps its own."""
    if _ARABIC.search(form):
        return "ar" if language in LANGUAGES else OTHER
    if language in LATIN:
        return language
    return OTHER


@lru_cache(maxsize=32_768)
def term(form: str, language: str) -> Term | None:
    """The term of a folded form in a language; None for a stop word."""
    rules = language_of(form, language)
    if form in STOP_WORDS.get(rules, ()):
        return None
    root = stem(form, rules)
    return Term(f"{rules}:{root}", form, root != form)


def terms(text: str, language: str, *, most: int = MOST_WORDS) -> Iterator[Term]:
    """The terms of a text, in order, without stop words."""
    base = language.split("-")[0]
    for word in words(text, most=most):
        found = term(word.form, base)
        if found is not None:
            yield found


def readings(form: str) -> dict[str, Term]:
    """Every way a typed word may be meant: one term for each language where it is no stop word."""
    languages = ("ar", OTHER) if _ARABIC.search(form) else (*LATIN, OTHER)
    found = {language: term(form, language) for language in languages}
    return {language: one for language, one in found.items() if one is not None}


def guess(forms: list[str], default: str) -> str:
    """The language a query is written in, from its script and its small words."""
    base = default.split("-")[0]
    arabic = sum(1 for form in forms if _ARABIC.search(form))
    if arabic * 2 > len(forms):
        return "ar"
    counts = {lang: sum(form in STOP_WORDS[lang] for form in forms) for lang in LATIN}
    best = max(counts.values(), default=0)
    if best == 0 or counts.get(base, 0) == best:
        return base if base in LANGUAGES and (base != "ar" or not forms) else "en"
    return next(lang for lang in LATIN if counts[lang] == best)

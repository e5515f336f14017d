"""A text read once: its words, where they stand, and which of them the lists know.
Made by `judge`, read by the modules beside it; linear in the length of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from exchange.safeguarding.screening import folding
from exchange.safeguarding.screening.findings import Finding
from exchange.safeguarding.screening.folding import words_of
from exchange.safeguarding.screening.lexicon import lexicon

# Words that make a rule look closer. Beyond so many, a person reads instead of the rules.
TRIGGERS = words_of(
    "name ambiguous child year aged place.before place.after caseword harm day month schoolyear "
    "child.en child.fr child.es aged.fr"
)
MOST_MARKS = 5_000
_WORDS = re.compile(r"(\d+|[^\W\d_]+)")
_CAPITAL = re.compile(r"[A-ZÀ-Þ]")
_ARABIC = re.compile("[\u0620-\u064a]")
_TELLING = {
    "en": words_of("the and of is was to in with for that she he her his are i my"),
    "fr": words_of("le la les et des une est elle dans pour qui que avec sa son il je au du"),
    "sw": words_of("na ya wa kwa ni katika za la yake huyu hii kama mimi ana alikuwa wetu"),
    "es": words_of("el la los y una es con por para que su en ella del las se mi como"),
    "pt": words_of("o os e uma com por para que sua em ela do da dos das na no meu seu"),
}


@cache
def known() -> frozenset[str]:
    """Every word that makes a rule look closer."""
    words = lexicon()
    named = {word for word, classes in words.classes.items() if classes & TRIGGERS}
    return frozenset(named | words.phrases.keys())


@dataclass
class Reading:
    """The words of a text. `marks` are the places of those the lists know."""

    text: str
    folded: str
    words: list[str]
    gaps: list[str]
    ends: list[int]
    marks: list[int]
    language: str
    lower: bool
    removed: list[int]

    def start(self, place: int) -> int:
        return self.ends[place] - len(self.words[place])

    def is_a(self, place: int, *names: str) -> bool:
        """Does the word at this place belong to one of these classes, in this language?"""
        if not 0 <= place < len(self.words):
            return False
        classes = lexicon().classes.get(self.words[place])
        return classes is not None and any(
            name in classes or f"{name}.{self.language}" in classes for name in names
        )

    def word(self, place: int) -> str:
        return self.words[place] if 0 <= place < len(self.words) else ""

    def number(self, place: int) -> int | None:
        """The small number at this place, in digits or as a word."""
        one = self.word(place)
        if one.isdecimal():
            return int(one) if len(one) < 4 else None
        number = lexicon().numbers.get(one)
        if one == "kumi" and self.word(place + 1) == "na":
            # Kiswahili counts on: kumi na mbili, ten and two.
            return 10 + (lexicon().numbers.get(self.word(place + 2)) or 0)
        return number

    def is_capital(self, place: int) -> bool:
        return self.text[self.start(place)].isupper()

    def opens(self, place: int) -> bool:
        """Does a sentence begin with this word?"""
        gap = self.gaps[place]
        return place == 0 or any(mark in gap for mark in ".!?\n؟:•")

    def written_as_name(self, place: int) -> bool:
        """A capital letter where capitals are used; any word where none are, or in Arabic."""
        if not 0 <= place < len(self.words):
            return False
        return self.lower or self.is_capital(place) or self.words[place][0] > "\u0600"

    def finding(
        self, code: str, first: int, last: int, weight: float = 1.0, *, strong: bool = False
    ) -> Finding:
        """A finding over these words."""
        return self.passage(code, self.start(first), self.ends[last], weight, strong=strong)

    def passage(
        self, code: str, start: int, end: int, weight: float = 1.0, *, strong: bool = False
    ) -> Finding:
        """A finding over these letters, placed in the text as it was typed."""
        return Finding(code, self._typed(start), self._typed(end - 1) + 1, weight, strong)

    def _typed(self, place: int) -> int:
        if not self.removed:
            return place
        # The n-th removed mark stood before every letter that now has a place >= its own minus n.
        return place + bisect_right(self.removed, place)


def read(typed: str, language: str) -> Reading:
    """Split once; everything else looks at the outcome."""
    text, places = folding.without_marks(typed)
    folded = folding.fold(text)
    pieces = _WORDS.split(folded)
    words, gaps = pieces[1::2], pieces[0::2]
    ends = list(accumulate(map(len, pieces)))[1::2]
    lookout = known()
    marks = [place for place, word in enumerate(words) if word in lookout]
    capitals = len(_CAPITAL.findall(text[:20_000]))
    return Reading(
        text=text,
        folded=folded,
        words=words,
        gaps=gaps,
        ends=ends,
        marks=marks,
        language=_language(folded, words, language),
        lower=capitals * 120 < min(len(text), 20_000),
        removed=[place - before for before, place in enumerate(places)],
    )


def _language(folded: str, words: list[str], given: str) -> str:
    """The language it seems to be in; people often write in another than the one they chose."""
    begins = words[:2000]
    if len(_ARABIC.findall(folded[:2000])) > 20:
        return "ar"
    counts = Counter(begins)
    scores = {code: sum(counts[word] for word in telling) for code, telling in _TELLING.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > scores.get(given, 0) else given

"""In which language a text is written, as far as its letters and its smallest words tell.
Called by the handlers of mail; a wrong guess costs a letter in another language, nothing more."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

# The languages of a script, the likeliest first.
_OF_SCRIPT = {
    "ARABIC": ("ar", "fa", "ur", "ps"),
    "ETHIOPIC": ("am", "ti"),
    "CYRILLIC": ("ru", "uk"),
    "DEVANAGARI": ("hi", "ne"),
    "BENGALI": ("bn",),
    "TAMIL": ("ta",),
    "THAI": ("th",),
    "MYANMAR": ("my",),
    "CJK": ("zh",),
}
_SMALL = {
    "en": "the and of to in is that for it with as are was we they this have not be on you what how "
    "do does my our from can when which there i",
    "fr": "le la les de des du et en un une est que qui dans pour pas sur nous vous avec au aux ce "
    "cette sont je ne comment il elle mais avons ont",
    "sw": "na ya wa kwa ni katika la za yetu wetu kama hii hiyo watoto lakini sisi je nini vipi "
    "jinsi gani sana pia au bila hatuna tuna wao mimi yangu cha vya",
    "es": "el la los las de del y en un una es que por para con no se su como pero nosotros hay "
    "más muy al lo son tenemos cómo qué",
    "pt": "o a os as de do da dos das e em um uma é que por para com não se seu sua como mas nós "
    "há mais ao são temos uma no na",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_READ = 4000
_LEAST = 2


def guess(text: str, *, among: Sequence[str] = (), otherwise: str) -> str:
    """The language of a text. `among`: those its writer speaks, which are believed first; where
    nothing tells, `otherwise`."""
    begun = text[:_READ]
    script = _script(begun)
    if script in _OF_SCRIPT:
        known = _OF_SCRIPT[script]
        return next((code for code in among if code in known), known[0])
    if script != "LATIN":
        return otherwise
    fits = [code for code in among if not _has_own_script(code)]
    usual = otherwise if not _has_own_script(otherwise) else next(iter(fits), "en")
    return _by_small_words(begun, fits) or usual


def _by_small_words(text: str, among: Sequence[str]) -> str:
    """The language most of whose small words stand there; one the writer speaks gets a start."""
    words = Counter(_WORD.findall(text.casefold()))
    counts = {
        code: sum(words[word] for word in small) * (1.5 if code in among else 1.0)
        for code, small in _WORDS.items()
    }
    best, next_best = sorted(counts, key=lambda code: -counts[code])[:2]
    clear = counts[best] >= _LEAST and counts[best] > counts[next_best]
    return best if clear else ""


def _script(text: str) -> str:
    """The script most letters are of."""
    letters = Counter(
        unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()
    )
    return letters.most_common(1)[0][0] if letters else ""


def _has_own_script(code: str) -> bool:
    return any(code in known for known in _OF_SCRIPT.values())

"""Which language a text is written in, heard from its letters and words, and how sure that is.
Asked by every room that keeps the language of people's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pycld2

from exchange.core.languages import RIGHT_TO_LEFT, SPOKEN

# Fewer letters than these say nothing for certain: a name and two words are alike in many.
_ENOUGH = 18
_ENOUGH_OF_ITS_OWN_SCRIPT = 8
# So much of a text, in hundredths, must be of one language before a writer is asked about it.
_MOST_OF_IT = 85
_LONGEST = 6_000
_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|[\ud800-\udfff]|[^\w\s'’.,;:!?¿¡؟،-]|\d")
# What the noticer tells apart and readers do not.
_THE_SAME = {"iw": "he", "zh-Hant": "zh", "fil": "tl"}


@dataclass(frozen=True)
class Heard:
    """A language members write in, or "" when it is none of them; `is_sure`: worth a question."""

    language: str
    is_sure: bool = False


_NOTHING = Heard("")


def heard(words: str, *, expected: str = "") -> Heard:
    """The language most of these words are in; what is expected gets the benefit of the doubt."""
    plain = " ".join(_NOT_WORDS.sub(" ", words[:_LONGEST]).split())
    found = _detect(plain, expected.split("-")[0]) if plain else None
    if found is None:
        return _NOTHING
    reliable, code, percent = found
    code = _THE_SAME.get(code, code).split("-")[0]
    if code not in SPOKEN:
        return _NOTHING
    letters = sum(letter.isalpha() for letter in plain)
    enough = _ENOUGH_OF_ITS_OWN_SCRIPT if code in RIGHT_TO_LEFT else _ENOUGH
    return Heard(code, reliable and percent >= _MOST_OF_IT and letters >= enough)


def differs(words: str, chosen: str) -> str:
    """The language these words surely are in, if it is another one than was chosen; else ""."""
    found = heard(words)
    if not found.is_sure or found.language == chosen.split("-")[0]:
        return ""
    second = heard(words, expected=chosen)
    return found.language if second.language == found.language else ""


def _detect(plain: str, expected: str) -> tuple[bool, str, int] | None:
    hint = {"hintLanguage": expected} if expected else {}
    try:
        reliable, _bytes, found = pycld2.detect(plain, isPlainText=True, bestEffort=True, **hint)
    except (pycld2.error, ValueError):
        return None
    _name, code, percent, _score = found[0]
    return bool(reliable), str(code), int(percent)

"""Which language a text is in, guessed modestly from its script and its small words.
Called by making of this matter; pure. Says nothing rather than something doubtful."""

from __future__ import annotations

import re
from collections import Counter

_LOOKED_AT = 60_000
_FEWEST_WORDS = 20
_SURE = 0.06  # of all words are small words of that language
_SCRIPTS = {
    "am": re.compile("[\u1200-\u137f]"),
    "my": re.compile("[\u1000-\u109f]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
}
_SMALL_WORDS = {
    "en": "the of and to in is that for with are was this by not from they have which be their",
    "fr": "le la les des et est dans une pour que qui sur avec par pas sont aux ce cette leurs",
    "es": "el los las que en una por con para del se es como más pero sus fue este sobre entre",
    "pt": "o os as que em uma por com para do da não se dos das é como mais são pela nas",
    "sw": "na ya wa kwa ni katika za la kuwa hii watoto cha hiyo yao vya kama pia wao ambao au",
}
_WORDS = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
_PERSIAN, _URDU = re.compile("[پچژگ]"), re.compile("[ٹڈڑے]")
_LETTERS = re.compile(r"[^\W\d_]+")


def guessed(text: str, *, default: str = "") -> str:
    """The code of the language; the default when nothing speaks clearly for another."""
    some = text[:_LOOKED_AT]
    written = _by_script(some)
    if written:
        return _same_script(written, default)
    words = [word.lower() for word in _LETTERS.findall(some)]
    if len(words) < _FEWEST_WORDS:
        return default
    counts = Counter(words)
    shares = {
        code: sum(counts[word] for word in small) / len(words) for code, small in _WORDS.items()
    }
    best = max(shares, key=lambda code: shares[code])
    base = default.split("-")[0]
    near = shares.get(base, 0.0) >= 0.8 * shares[best]
    return default if shares[best] < _SURE or near else best


def _by_script(text: str) -> str:
    letters = sum(map(len, _LETTERS.findall(text)))
    if letters < _FEWEST_WORDS:
        return ""
    for code, script in _SCRIPTS.items():
        if 2 * len(script.findall(text)) > letters:
            return _arabic(text, letters) if code == "ar" else code
    return ""


def _arabic(text: str, letters: int) -> str:
    """Arabic, unless letters that Arabic does not have stand in it again and again."""
    if len(_URDU.findall(text)) > letters / 60:
        return "ur"
    return "fa" if len(_PERSIAN.findall(text)) > letters / 60 else "ar"


def _same_script(written: str, default: str) -> str:
    """Languages share scripts: what the record says goes before our first guess."""
    shared = {
        "am": ("am", "ti"),
        "hi": ("hi", "ne", "mr"),
        "ru": ("ru", "uk"),
        "ar": ("ar", "ps", "ckb", "sd"),
        "fa": ("fa", "ps", "ckb"),
        "ur": ("ur", "sd", "ps"),
    }
    return default if default.split("-")[0] in shared.get(written, (written,)) else written

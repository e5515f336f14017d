"""The six interface languages and how languages are named and directed.
Called by every room that shows or stores a language."""

import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

INTERFACE = ("en", "fr", "sw", "ar", "es", "pt")
OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "sw": "Kiswahili",
    "ar": "العربية",
    "es": "Español",
    "pt": "Português",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ckb", "dv", "yi"})
# Languages members write and read in, beyond the interface's own six.
SPOKEN = (
    *INTERFACE,
    *("am", "bn", "de", "fa", "ha", "hi", "id", "it", "lg", "ln", "mg", "my", "ne", "nl", "ny"),
    *("om", "pl", "ps", "ro", "ru", "rw", "sn", "so", "ta", "th", "ti", "tl", "tr", "uk", "ur"),
    *("vi", "wo", "xh", "yo", "zh", "zu"),
)


def direction(language: str) -> str:
    """ "rtl" or "ltr" for a language code such as "ar" or "en-gb"."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def isolated(words: str) -> str:
    """Words of one line whose script runs against the page's, between invisible marks that keep
    the year or the comma after them in its place (Unicode's first strong isolate)."""
    runs_left = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
    return f"\u2068{words}\u2069" if runs_left != (direction(current()) == "rtl") else words


def current() -> str:
    """The interface language of this moment, one of INTERFACE."""
    code = (get_language() or "en").split("-")[0]
    return code if code in INTERFACE else "en"


@lru_cache(maxsize=4096)
def name_of(language: str, in_language: str) -> str:
    """How a language is called in another one ("French" in English); the code if nobody knows."""
    try:
        name = Locale.parse(in_language).languages.get(language)
    except (UnknownLocaleError, ValueError):
        name = None
    return str(name or OWN_NAMES.get(language) or language)


def named(language: str) -> str:
    """How a language is called in the interface language of this moment."""
    return name_of(language, current())

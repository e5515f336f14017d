"""Text made comparable: small letters, no accents, plain digits, one form of each Arabic letter.
Used by the modules beside it. The length stays the same, so that passages keep their places."""

from __future__ import annotations

import re
import unicodedata

# Marks that stand on a letter, and the Arabic stretching line: taken out before anything is read.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c\u200d\u200b\u00ad]")
_ARABIC = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
    "ؤ": "و",
    "ئ": "ي",
    "ی": "ي",
    "ک": "ك",
}
_OTHERS = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "s", "æ": "a", "œ": "o", "’": "'", "‘": "'"}


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].lower()[:1]
    return base or letter


def _table() -> dict[int, str]:
    spans = ((0x41, 0x5B), (0xC0, 0x250), (0x386, 0x530), (0x1E00, 0x1F00), (0xFF01, 0xFF5F))
    table = {code: _plain(chr(code)) for start, end in spans for code in range(start, end)}
    for first in (0x660, 0x6F0, 0x966):
        table.update({first + digit: str(digit) for digit in range(10)})
    table.update({ord(letter): plain for letter, plain in (_ARABIC | _OTHERS).items()})
    return {code: plain for code, plain in table.items() if chr(code) != plain}


_TABLE = _table()


def fold(text: str) -> str:
    """The same number of letters, comparable. Marks must be out already."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


def without_marks(text: str) -> tuple[str, list[int]]:
    """The text without marks on letters, and where they stood."""
    if text.isascii():
        return text, []
    places = [found.start() for found in _MARKS.finditer(text)]
    return (_MARKS.sub("", text), places) if places else (text, [])


def word(text: str) -> str:
    """One word of a list, folded as a text is."""
    return fold(without_marks(unicodedata.normalize("NFC", text))[0])


def words_of(line: str) -> frozenset[str]:
    """The words of a line, folded."""
    return frozenset(word(one) for one in line.split())

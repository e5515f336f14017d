"""Makes text of bytes, whatever charset they claim.
Called by `mail.reading.parts` and `mail.reading.headers`."""

from __future__ import annotations

import codecs
import re

# What mails call a charset, and what they mean by it (as browsers do).
_MEANT = {
    "ansi": "cp1252",
    "ascii": "utf-8",
    "big5": "big5hkscs",
    "cp-850": "cp850",
    "default": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-8-i": "iso-8859-8",
    "iso8859-1": "cp1252",
    "ks_c_5601-1987": "cp949",
    "latin1": "cp1252",
    "unicode": "utf-8",
    "us-ascii": "utf-8",
    "utf8mb4": "utf-8",
    "windows-874": "cp874",
    "x-mac-roman": "mac-roman",
}
# The six commonest letters of Arabic and of Russian, as each charset writes them.
_COMMON = {
    "cp1256": [bytes([one]) for one in (0xC7, 0xE1, 0xE4, 0xE3, 0xED, 0xE6)],
    "cp1251": [bytes([one]) for one in (0xEE, 0xE5, 0xE0, 0xE8, 0xED, 0xF2)],
    "koi8-r": [bytes([one]) for one in (0xCF, 0xC5, 0xC1, 0xC9, 0xCE, 0xD4)],
}
_WIDE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
# Escape sequences, so bytes above 127 say nothing about these.
_ESCAPED = ("iso-2022", "iso2022", "utf-7", "utf7", "hz")


def decode(raw: bytes, declared: str = "") -> tuple[str, bool]:
    """The text, and whether some bytes had to be replaced. First what is declared, then UTF-8,
    then the Windows charset that fits, at last Latin-1, which takes everything."""
    name = _known(declared)
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and len(raw) % 2 == 0:
        name = "utf-16"
    if name and (name.startswith(_ESCAPED) or not _is_utf8(raw)):
        text = _strictly(raw, name)
        if text is not None and not (name == "cp1252" and _is_far(raw)):
            return text, False
    return _guessed(raw)


def _known(declared: str) -> str:
    name = declared.strip().strip("\"'").lower().replace("_", "-")
    name = _MEANT.get(name, _MEANT.get(declared.strip().lower(), name))
    try:
        is_text = codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError, UnicodeError):
        return ""
    return name if is_text else ""


def _strictly(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, ValueError, LookupError):
        return None


def _is_utf8(raw: bytes) -> bool:
    """Whether it can hardly be anything else: valid, and with letters of several bytes."""
    return not raw.isascii() and _strictly(raw, "utf-8") is not None


def _guessed(raw: bytes) -> tuple[str, bool]:
    text = _strictly(raw, "utf-8-sig")
    if text is not None:
        return text, False
    # UTF-8 that was cut or hurt here and there: almost all high bytes still go together.
    high = sum(byte > 127 for byte in raw)
    together = sum(len(found) for found in _WIDE.findall(raw))
    if together * 10 >= high * 7:
        return raw.decode("utf-8", "replace"), True
    name = _fitting(raw) if _is_far(raw) else "cp1252"
    text = _strictly(raw, name)
    return (text, False) if text is not None else (raw.decode("latin-1"), True)


def _is_far(raw: bytes) -> bool:
    """Whether these are words of another script: runs of high bytes. Accents stand alone among
    Latin letters."""
    high = sum(byte > 127 for byte in raw)
    in_runs = sum(len(run) for run in re.findall(rb"[\x80-\xff]{3,}", raw))
    return high > 8 and in_runs * 10 > high * 6


def _fitting(raw: bytes) -> str:
    """The charset in which these bytes are the commonest letters of its language."""
    counts = {name: sum(raw.count(byte) for byte in common) for name, common in _COMMON.items()}
    return max(counts, key=lambda name: counts[name])

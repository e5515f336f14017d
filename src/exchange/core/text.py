"""Cleaning of typed text at the door, and cutting it for lists.
Called by forms and actions; never by templates."""

import re
import unicodedata

# Bidirectional overrides can make a line read as what it is not; zero-width marks hide in names.
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_INVISIBLE = dict.fromkeys([0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF])
_JOINERS = dict.fromkeys([0x200C, 0x200D])
_BLANK_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\f\v]+")
_WORD_MARKS = re.compile(r"[#*_`>\[\]~]+")
_LINK = re.compile(r"\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")


def clean(text: str) -> str:
    """Typed text made safe to keep: NFC, no NUL, no lone surrogates, no direction overrides."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = (
        text.replace("\r\n", "\n").replace("\r", "\n").translate(_OVERRIDES).translate(_INVISIBLE)
    )
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return _BLANK_LINES.sub("\n\n", unicodedata.normalize("NFC", kept)).strip()


def clean_line(text: str) -> str:
    """One line of text (a title, a name): cleaned, with every run of white space one space."""
    return " ".join(clean(text).split())


def clean_name(text: str) -> str:
    """A name people are known by: one line, without joiners that could hide a look-alike."""
    return clean_line(text.translate(_JOINERS))


def skeleton(name: str) -> str:
    """What a name looks like, for comparing look-alikes: folded case, accents, spaces and the
    commonest confusable letters (a small part of Unicode Technical Standard 39)."""
    folded = unicodedata.normalize("NFKD", clean_name(name)).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    # Last of all, because other letters have become an i by now.
    return "".join(_CONFUSABLE.get(c, c) for c in plain if c.isalnum()).replace("i", "l")


def folded(text: str) -> str:
    """Letters and digits alone, without case or accents, one space between words."""
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    bare = "".join(c for c in split if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a text without its marks, cut at a word."""
    plain = " ".join(_WORD_MARKS.sub("", _LINK.sub(r"\1", text)).split())
    if len(plain) <= length:
        return plain
    cut = plain[:length].rsplit(" ", 1)[0]
    return f"{cut if len(cut) > length // 2 else plain[:length]}…"


def size_in_words(bytes_count: int) -> str:
    """A size as people say it: "38 kB", "1.1 MB" (decimal, IEC 80000-13)."""
    if bytes_count < 1_000_000:
        return f"{max(1, round(bytes_count / 1000))} kB"
    return f"{bytes_count / 1_000_000:.1f} MB"


_CONFUSABLE = {
    **dict(zip("аеорсухкмтвнзіјѕԁԛԝ", "aeopcyxkmtbh3ijsdqw", strict=True)),
    **dict(zip("αβεικνορτυχμη", "abeikvoptuxun", strict=True)),
    **dict(zip("0135", "oles", strict=True)),
    "ı": "i",
    "l": "l",
    "|": "l",
}

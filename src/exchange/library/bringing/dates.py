"""When something appeared, in whatever way a table or a reference file says it.
Pure; called by readers and by the form of a row."""

from __future__ import annotations

import re
from typing import NamedTuple

UNDATED = frozenset(
    {"n.d.", "n.d", "nd", "n. d.", "undated", "not dated", "no date", "s.d.", "s.f."}
)
_MONTHS = (
    ("jan", "january", "janvier", "enero", "janeiro", "januari"),
    ("feb", "february", "février", "fevrier", "febrero", "fevereiro", "februari"),
    ("mar", "march", "mars", "marzo", "março", "machi"),
    ("apr", "april", "avril", "abril", "aprili"),
    ("may", "mai", "mayo", "maio", "mei"),
    ("jun", "june", "juin", "junio", "junho", "juni"),
    ("jul", "july", "juillet", "julio", "julho", "julai"),
    ("aug", "august", "août", "aout", "agosto", "agosti"),
    ("sep", "sept", "september", "septembre", "septiembre", "setembro", "septemba"),
    ("oct", "october", "octobre", "octubre", "outubro", "oktoba"),
    ("nov", "november", "novembre", "noviembre", "novembro", "novemba"),
    ("dec", "december", "décembre", "decembre", "diciembre", "dezembro", "desemba"),
)
_NUMBERS = {name: place for place, names in enumerate(_MONTHS, start=1) for name in names}
# As in 2019, 2019/05//, 2019-05-01T10:00:00Z and 2019/05/01/note.
_YEAR_FIRST = re.compile(
    r"[\[(c©]{0,2}\s*([0-9]{4})[\])]?(?:[-/.]([0-9]{0,2})(?:[-/.T].*)?)?", re.S
)
# "05/2019", "01/05/2019" (the day or the month first: both give the year, neither a sure month)
_YEAR_LAST = re.compile(r"(?:([0-9]{1,2})[-/.])?([0-9]{1,2})[-/.]([0-9]{4})")


class Date(NamedTuple):
    """A year and a month, each 0 when it is not known; or that somebody said there is none."""

    year: int = 0
    month: int = 0
    is_undated: bool = False


def date_of(given: str) -> Date | None:
    """The date in these words; None when there is none to be read in them."""
    plain = " ".join(given.split()).strip(" .,;")
    if not plain:
        return Date()
    if plain.casefold() in UNDATED or plain.casefold() + "." in UNDATED:
        return Date(is_undated=True)
    if found := _YEAR_FIRST.fullmatch(plain):
        return Date(int(found[1]), _month(found[2] or ""))
    if found := _YEAR_LAST.fullmatch(plain):
        return Date(int(found[3]), _month(found[2]) if not found[1] else 0)
    return _in_words(plain)


def month_of(given: str) -> int:
    """1-12 of "5", "05", "May" or "mai"; 0 when it is no month."""
    plain = given.strip(" .").casefold()
    return _month(plain) if plain.isdecimal() else _NUMBERS.get(plain, 0)


def _month(digits: str) -> int:
    number = int(digits) if digits and digits.isascii() and len(digits) < 3 else 0
    return number if 1 <= number <= 12 else 0


def _in_words(plain: str) -> Date | None:
    """ "May 2019", "3 May 2019", "2019 May": one year and the name of one month."""
    years = re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", plain)
    months = [number for word in re.findall(r"[^\W\d_]+", plain) if (number := month_of(word))]
    if len(years) == 1 and len(months) == 1 and len(plain) < 30:
        return Date(int(years[0]), months[0])
    return None

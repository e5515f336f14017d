"""Which form a file has, and its rows.
Called by the command and the hosts' page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.library import sheet
from exchange.library.bringing import bibtex, ris
from exchange.library.bringing.decoding import text_of
from exchange.library.bringing.rows import Row, Unreadable

FORMS = ("csv", "ris", "bibtex")
_RIS = re.compile(r"^\s{0,3}TY[ \t]{1,3}-", re.M)
_BIBTEX = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.M)


@dataclass(frozen=True)
class Opened:
    """A file's rows, and what is to be known of the whole of it."""

    form: str
    rows: list[Row]
    words: str = ""


def opened(raw: bytes, form: str = "") -> Opened:
    """The rows of a file in whatever form it has. Raises Unreadable."""
    text = text_of(raw)
    form = form or form_of(text)
    if form == "ris":
        return Opened(form, ris.rows_of(text))
    if form == "bibtex":
        return Opened(form, bibtex.rows_of(text))
    rows = sheet.rows_of(text)
    if not rows:
        raise Unreadable(_("The table has a heading and no rows."))
    return Opened("csv", rows, _strange_columns(rows))


def form_of(text: str) -> str:
    """By what it holds, not by its name."""
    heading = text.partition("\n")[0].casefold()
    if "title" in heading and any(sign in heading for sign in ",;\t") and "@" not in heading:
        return "csv"
    if _RIS.search(text):
        return "ris"
    return "bibtex" if _BIBTEX.search(text) else "csv"


def _strange_columns(rows: list[Row]) -> str:
    known = {*sheet.COLUMNS, *sheet.FURTHER, ""}
    strange = [name for name in rows[0].cells if name not in known]
    if not strange:
        return ""
    return _("These columns are not ours and were passed over: %(columns)s.") % {
        "columns": ", ".join(name[:40] for name in strange[:20])
    }

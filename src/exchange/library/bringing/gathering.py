"""What a reference file or another library says of one record, turned into cells of our own table.
Called by the readers of RIS, BibTeX and Dublin Core, so that all of them end in one form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from exchange.core import text
from exchange.library.bringing.dates import date_of, month_of
from exchange.library.bringing.rows import Row
from exchange.library.bringing.words import Words, language_code
from exchange.library.naming import Maker
from exchange.library.rules import doi_of, handle_of, isbn_of

SUMMARY_LENGTH = 3000
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ROLES = ("editor", "translator")


@dataclass
class Gathered:
    """One record in somebody else's words."""

    title: str = ""
    makers: list[Maker] = field(default_factory=list)
    publisher: str = ""
    date: str = ""
    month: str = ""
    language: str = ""
    summary: str = ""
    edition: str = ""
    source_site: str = ""
    licence: str = ""
    types: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    # Addresses, DOIs, ISBNs and handles, in the order they stood.
    names: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def row(self, number: int, words: Words) -> Row:
        """The cells of our table that say the same."""
        told = words.told(self.phrases)
        if told.unknown:
            self.notes.append(
                _("words we have no place for: %(words)s")
                % {"words": "; ".join(told.unknown)[:300]}
            )
        cells = {
            "title": text.clean_line(self.title),
            "creators": as_cell(self.makers),
            "publisher": text.clean_line(self.publisher),
            "resource_types": ";".join(dict.fromkeys(filter(None, self.types))),
            "countries": told.of("country"),
            "regions": told.of("region"),
            "topics": told.of("topic"),
            "setting": told.of("setting").partition(";")[0],
            "mechanism": told.of("mechanism").partition(";")[0],
            "leadership": told.of("leadership").partition(";")[0],
            "language": language_code(self.language),
            "licence": self.licence,
            "edition": text.clean_line(self.edition)[:60],
            "summary": self._summary(),
            "source_site": text.clean_line(self.source_site)[:120],
            **self._dated(),
            **self._named(),
        }
        kept = {name: cell for name, cell in cells.items() if cell}
        return Row(number, kept, notes=tuple(self.notes))

    def note_left_out(self, names: Iterable[str]) -> None:
        """Say which fields of the entry our records have no column for."""
        if left := ", ".join(one.replace("_", " ") for one in names):
            self.notes.append(_("we have no column for: %(fields)s") % {"fields": left[:200]})

    def _summary(self) -> str:
        plain = text.clean_line(self.summary)
        if len(plain) <= SUMMARY_LENGTH:
            return plain
        self.notes.append(_("the summary was longer than there is room for; it is cut"))
        return text.excerpt(plain, SUMMARY_LENGTH - 1)

    def _dated(self) -> dict[str, str]:
        found = date_of(self.date)
        if found is None:
            # The form of a row says in words what is wrong with it.
            return {"year": self.date[:60]}
        month = found.month or month_of(self.month)
        return {
            "year": str(found.year) if found.year else "",
            "month": str(month) if month and found.year else "",
            "undated": "yes" if found.is_undated else "",
        }

    def _named(self) -> dict[str, str]:
        addresses = list(
            dict.fromkeys(
                found.rstrip(".,;)") for one in self.names for found in _ADDRESS.findall(one)
            )
        )
        doi = next(filter(None, map(doi_of, self.names)), "")
        handle = next(filter(None, map(handle_of, self.names)), "")
        own = [one for one in addresses if not _is_resolver(one)]
        address = (own or addresses or [f"https://doi.org/{doi}" if doi else ""])[0]
        return {
            "doi": doi,
            "handle": handle,
            "isbn": next(filter(None, map(isbn_of, self.names)), ""),
            "url": address,
            "link_kind": "original" if address and not own else "",
            "links": " ".join(own[1:20]),
        }


def as_cell(makers: list[Maker]) -> str:
    """Makers as the column "creators" has them: "Wessells, Mike; {Plan International}; Amin, A
    (editor)"."""
    return "; ".join(filter(None, (_as_word(one) for one in makers)))


def _as_word(one: Maker) -> str:
    name = text.clean_line(one.name).replace(";", ",").strip("{} ")
    if not name:
        return ""
    if one.is_organisation:
        name = f"{{{name}}}"
    elif one.family:
        name = text.clean_line(f"{one.family}, {one.given}").replace(";", ",")
    return f"{name} ({one.role})" if one.role in _ROLES else name


def _is_resolver(address: str) -> bool:
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return host in ("doi.org", "dx.doi.org", "hdl.handle.net")

"""Reads RIS, as reference managers and repositories write it, with rispy.
Called by the import; it gives rows with the cells of our own table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy
from django.utils.translation import gettext as _

from exchange.library.bringing.gathering import Gathered
from exchange.library.bringing.rows import LARGEST_CELL, Row, Unreadable, bounded
from exchange.library.bringing.words import Words
from exchange.library.naming import Maker, maker, person

# "TY  - RPRT", and what careless programs make of it: one space, a tab, no space at the end.
_TAG = re.compile(r"\s{0,3}([A-Z][A-Z0-9])[ \t]{1,3}-(?: |\t|$)(.*)", re.S)
_TYPES = {
    **dict.fromkeys(("RPRT", "GOVDOC"), "report"),
    **dict.fromkeys(("JOUR", "EJOUR", "JFULL", "INPR"), "journal-article"),
    **dict.fromkeys(("CHAP", "ECHAP"), "book-chapter"),
    **dict.fromkeys(("BLOG", "MGZN", "NEWS"), "article"),
    **dict.fromkeys(("VIDEO", "MPCT", "ADVS"), "video"),
    "SLIDE": "presentation",
    "SOUND": "podcast",
    "THES": "research",
    "STAND": "standard",
    **dict.fromkeys(("UNPB", "UNPD", "MANSCPT"), "working-paper"),
    **dict.fromkeys(("BILL", "STAT", "LEGAL"), "policy"),
}
_LEFT_OUT = ("volume", "number", "start_page", "end_page", "place_published", "custom1")
_JOURNALS = ("journal_name", "alternate_title3", "alternate_title2", "secondary_title")


def rows_of(text: str) -> list[Row]:
    """The entries of a RIS file. Raises Unreadable when there is not one."""
    words = Words()
    rows = bounded(
        _row(number, lines, words) for number, lines in enumerate(_entries(text), start=1)
    )
    if not rows:
        raise Unreadable(_("I found no RIS in this file: no line begins with “TY  - ”."))
    return rows


def _entries(text: str) -> Iterator[list[tuple[str, str]]]:
    """Tags and words of each entry. One that is not ended ends where the next begins; one without
    a type begins with its first tag; lines before the first tag belong to nothing."""
    entry: list[tuple[str, str]] = []
    for line in text.split("\n"):
        found = _TAG.match(line)
        tag = found[1] if found else ""
        if tag in ("TY", "ER") and entry:
            yield entry
            entry = []
        if found and tag != "ER":
            entry.append((tag, found[2].strip()))
        elif entry and line.strip() and not found:
            entry.append(("", line.strip()))
    if entry:
        yield entry


def _row(number: int, lines: list[tuple[str, str]], words: Words) -> Row:
    fields = _fields(lines)
    if any(len(value) > LARGEST_CELL for values in fields.values() for value in values):
        return Row(
            number,
            {"title": _first(fields, "title", "primary_title")[:300]},
            wrong=(_("one line holds more than %(most)s letters") % {"most": LARGEST_CELL},),
        )
    gathered = _gathered(fields)
    if lines[0][0] != "TY":
        gathered.notes.append(_("the entry does not say what type it is (TY)"))
    return gathered.row(number, words)


def _fields(lines: list[tuple[str, str]]) -> dict[str, list[str]]:
    """What rispy reads in one entry, every field a list in the order of the file."""
    if lines[0][0] != "TY":
        lines = [("TY", "GEN"), *lines]
    parser = rispy.RisParser(delimiter_tags_mapping={}, enforce_list_tags=False)
    # Lines that go on are joined here: rispy would make a field of its own of some.
    joined: list[tuple[str, str]] = []
    for tag, value in lines:
        if tag:
            joined.append((tag, value))
        else:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {value}".strip())
    written = "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in joined)
    read: list[dict[str, Any]] = parser.parse(f"{written}\nER  - \n")
    return {name: _listed(value) for name, value in (read[0] if read else {}).items()}


def _listed(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [str(one) for several in value.values() for one in several]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _gathered(fields: dict[str, list[str]]) -> Gathered:
    kind = _first(fields, "type_of_reference").upper()
    is_article = _TYPES.get(kind) == "journal-article"
    made = Gathered(
        title=_first(fields, "title", "primary_title", "translated_title", "short_title"),
        makers=_makers(fields),
        publisher=_first(fields, *(_JOURNALS if is_article else ()), "publisher"),
        date=_date(fields),
        language=_first(fields, "language"),
        summary=_first(fields, "abstract", "notes_abstract"),
        edition=_first(fields, "edition"),
        source_site=_first(fields, "name_of_database", "database_provider"),
        types=[_TYPES.get(kind, "")],
        phrases=[part for one in fields.get("keywords", []) for part in re.split(r"[;\n]", one)],
    )
    for name in ("urls", "doi", "file_attachments2", "file_attachments1", "issn"):
        made.names += fields.get(name, [])
    _note_repeated(fields, made)
    made.note_left_out(name for name in _LEFT_OUT if _first(fields, name))
    return made


def _note_repeated(fields: dict[str, list[str]], made: Gathered) -> None:
    for name in ("title", "primary_title", "year", "publisher", "language"):
        if len(set(fields.get(name, []))) > 1:
            made.notes.append(
                _("“%(field)s” stands there more than once; the first counts")
                % {"field": name.replace("_", " ")}
            )


def _makers(fields: dict[str, list[str]]) -> list[Maker]:
    authors = fields.get("authors", []) + fields.get("first_authors", [])
    made = [_maker(one) for one in authors]
    # "ED" is what some write for editors; rispy has no name for it.
    editors = fields.get("tertiary_authors", []) + fields.get("secondary_authors", [])
    made += [_maker(one, role="editor") for one in editors]
    made += [_maker(one, role="translator") for one in fields.get("subsidiary_authors", [])]
    return list({one.name.casefold(): one for one in reversed(made) if one.name}.values())[::-1]


def _maker(name: str, *, role: str = "author") -> Maker:
    """ "Family, Given", "Family, Given, Jr."; an organisation has no comma."""
    plain = " ".join(name.split()).strip(",")
    parts = [part.strip() for part in plain.split(",")]
    if len(parts) == 3:
        plain = f"{parts[0]} {parts[2]}, {parts[1]}"
    return person(plain, role=role) if "," in plain else maker(plain, role=role)


def _date(fields: dict[str, list[str]]) -> str:
    """The fullest of what the entry says: "2019/05//" rather than "2019"."""
    given = [one for name in ("year", "publication_year", "date") for one in fields.get(name, [])]
    # RIS ends a date with slashes, and words after the third of them.
    plain = [one.strip().strip("/") for one in given if one.strip().strip("/")]
    if not plain:
        return ""
    first = plain[0]
    return next((one for one in plain if len(one) > 4 and one.startswith(first)), first)


def _first(fields: dict[str, list[str]], *names: str) -> str:
    return next((one for name in names for one in fields.get(name, []) if one.strip()), "")

"""Reads BibTeX, as people and reference managers write it, with bibtexparser.
Called by the import; it gives rows with the cells of our own table."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import bibtexparser
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)
from django.utils.translation import gettext as _

from exchange.library.bringing import latex
from exchange.library.bringing.gathering import Gathered
from exchange.library.bringing.rows import LARGEST_CELL, Row, Unreadable, bounded
from exchange.library.bringing.strings import resolved
from exchange.library.bringing.words import Words
from exchange.library.naming import Maker, is_organisation, maker, organisation

_TYPES = {
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("incollection", "inbook", "suppbook"), "book-chapter"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "research"),
    "article": "journal-article",
    "manual": "guide",
    "unpublished": "working-paper",
    "video": "video",
    "audio": "podcast",
}
_LEFT_OUT = ("volume", "number", "pages", "series", "booktitle", "chapter", "address", "note")
_TITLE = re.compile(
    r"title\s*=\s*[{\"]*([^{}\"\n]{1,300}?)\s*(?:,\s*\w+\s*=|[{}\"\n]|$)", re.IGNORECASE
)

# It writes of every broken entry into the log, with the words of the file.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def rows_of(text: str) -> list[Row]:
    """The entries of a BibTeX file. Raises Unreadable when there is not one."""
    library = bibtexparser.parse_string(text, parse_stack=[])
    known = {string.key.casefold(): str(string.value) for string in library.strings}
    words = Words()
    rows = bounded(
        _row(number, block, known, words)
        for number, block in enumerate(_entries(library.blocks), start=1)
    )
    if not rows:
        raise Unreadable(_("I found no BibTeX in this file: no entry such as “@techreport{…}”."))
    return rows


def _entries(blocks: list[Block]) -> Iterator[Block]:
    return (one for one in blocks if isinstance(one, Entry | ParsingFailedBlock))


def _row(number: int, block: Block, known: dict[str, str], words: Words) -> Row:
    notes = []
    if isinstance(block, DuplicateBlockKeyBlock):
        notes.append(_("another entry before it has the same key; both are read"))
        block = block.ignore_error_block or block
    if isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        notes.append(
            _("“%(field)s” stands there more than once; the first counts") % {"field": names}
        )
        block = block.ignore_error_block or block
    if not isinstance(block, Entry):
        return _broken(number, block)
    fields: dict[str, str] = {}
    for one in block.fields:
        if len(str(one.value)) > LARGEST_CELL:
            return Row(
                number,
                {},
                wrong=(
                    _("“%(field)s” holds more than %(most)s letters; is a brace not closed?")
                    % {"field": one.key[:40], "most": LARGEST_CELL},
                ),
            )
        value, unknown = resolved(str(one.value), known)
        fields.setdefault(one.key.casefold(), value)
        if unknown and one.key.casefold() != "month":
            notes.append(
                _("the abbreviation “%(word)s” is not explained in the file")
                % {"word": unknown[:40]}
            )
    gathered = _gathered(block.entry_type.casefold(), fields)
    gathered.notes[:0] = notes
    return gathered.row(number, words)


def _broken(number: int, block: Any) -> Row:
    raw = str(getattr(block, "raw", "") or "")
    found = _TITLE.search(raw)
    return Row(
        number,
        {"title": latex.without_braces(found[1]).strip()} if found else {},
        wrong=(
            _(
                "the entry in line %(line)s cannot be read: a brace, a quotation mark or a comma "
                "is missing"
            )
            % {"line": (block.start_line or 0) + 1},
        ),
    )


def _gathered(kind: str, fields: dict[str, str]) -> Gathered:
    def said(*names: str) -> str:
        return next((one for name in names if (one := latex.plain(fields.get(name, "")))), "")

    title, subtitle = said("title"), said("subtitle")
    is_article = kind == "article"
    made = Gathered(
        title=f"{title}: {subtitle}" if title and subtitle else title,
        publisher=said(
            *(("journal", "journaltitle") if is_article else ()),
            *("institution", "publisher", "organization", "school", "howpublished"),
        ),
        date=said("year", "date"),
        month=said("month"),
        language=said("language", "langid"),
        summary=said("abstract"),
        edition=said("edition"),
        types=[_TYPES.get(kind, "")],
        phrases=said("keywords", "keyword").split(";"),
    )
    for name in ("url", "doi", "isbn", "handle", "howpublished", "note"):
        made.names.append(latex.address(fields.get(name, "")))
    made.note_left_out(name for name in _LEFT_OUT if fields.get(name, "").strip())
    for role in ("author", "editor", "translator"):
        made.makers += _makers(fields.get(role, ""), role, made.notes)
    return made


def _makers(value: str, role: str, notes: list[str]) -> list[Maker]:
    made = []
    for name in split_multiple_persons_names(" ".join(value.split())):
        if name.strip().casefold() == "others":
            notes.append(_("“and others”: not everybody who made it is named"))
            continue
        one = _maker(name.strip(), role)
        if one.name:
            made.append(one)
    return made


def _maker(name: str, role: str) -> Maker:
    """An organisation stands in braces of its own, or reads as one."""
    spoken = latex.plain(name)
    if _in_own_braces(name) or (spoken and "," not in name and is_organisation(spoken)):
        return organisation(spoken, role=role)
    parts = parse_single_name_into_parts(name, strict=False)
    family = latex.plain(" ".join([*parts.von, *parts.last, *parts.jr])).replace(",", "")
    given = latex.plain(" ".join(parts.first)).replace(",", "")
    if family and given:
        return Maker(f"{given} {family}", family=family, given=given, role=role)
    return maker(spoken.strip(" ,"), role=role)


def _in_own_braces(name: str) -> bool:
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for place, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return place == len(name) - 1
    return False

"""The forms in which one record, or a list of them, can be carried away.
Called by the page of a record and by the exports; knows no requests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from exchange.contributions.describing import Description
from exchange.contributions.formats import (
    bibtex,
    csl,
    dublin_core,
    ris,
    schema_org,
    signposting,
    table,
)


@dataclass(frozen=True)
class Form:
    """One form: what its files end in, what they are, and how one record is written."""

    suffix: str
    name: str
    media_type: str
    one: Callable[[Description], str]


def _item(described: Description) -> str:
    return json.dumps(csl.item(described), ensure_ascii=False)


def _document(described: Description) -> str:
    return json.dumps(schema_org.document(described), ensure_ascii=False)


def _element(described: Description) -> str:
    return str(etree.tostring(dublin_core.element(described), encoding="unicode"))


RIS = Form("ris", "RIS", ris.MEDIA_TYPE, ris.entry)
BIBTEX = Form("bib", "BibTeX", bibtex.MEDIA_TYPE, bibtex.entry)
CSL = Form("json", "CSL-JSON", csl.MEDIA_TYPE, _item)
TABLE = Form("csv", "CSV", table.MEDIA_TYPE, table.row)
# What a reader is offered for one record, and for a list.
OFFERED = (RIS, BIBTEX, CSL)
OF_LISTS = (TABLE, *OFFERED)
# What machines find beside it.
_DOCUMENT = Form("jsonld", "JSON-LD", schema_org.MEDIA_TYPE, _document)
_ELEMENT = Form("xml", "Dublin Core", dublin_core.MEDIA_TYPE, _element)
OF_RECORDS = {form.suffix: form for form in (*OFFERED, _DOCUMENT, _ELEMENT)}
LINKSET = "linkset"


def whole(form: Form, described: Iterable[Description]) -> Iterator[str]:
    """The pieces of a file of many records, in their order."""
    if form is CSL:
        yield from _listed(form, described)
        return
    if form is TABLE:
        yield table.BYTE_ORDER_MARK + table.heading()
    for place, one in enumerate(described):
        yield ("\r\n" if form is RIS else "\n" if form is BIBTEX else "") * bool(place)
        yield form.one(one)


def addresses(described: Description) -> list[tuple[str, str]]:
    """(address, media type) of each form of one record."""
    return [
        (f"{described.address}cite.{form.suffix}", form.media_type) for form in OF_RECORDS.values()
    ]


def linkset_address(described: Description) -> str:
    return f"{described.address}cite.{LINKSET}"


def linkset(described: Description) -> str:
    """All typed links of a record."""
    document = signposting.linkset(described, addresses(described))
    return json.dumps(document, ensure_ascii=False)


def _listed(form: Form, described: Iterable[Description]) -> Iterator[str]:
    yield "["
    for place, one in enumerate(described):
        yield (",\n" if place else "") + form.one(one)
    yield "]\n"

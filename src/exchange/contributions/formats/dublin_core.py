"""Simple Dublin Core: the fifteen elements (DCMI Metadata Terms; oai_dc of OAI-PMH 2.0, §5 of its
guidelines; driver terms of OpenAIRE's guidelines 3). Called by pages and by the provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from exchange.contributions.describing import TRANSLATOR, Description
from exchange.contributions.formats.markup import SCHEMA_LOCATION, XSI, add
from exchange.contributions.formats.sorts import sort_of

MEDIA_TYPE = "application/xml"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_DC = "http://purl.org/dc/elements/1.1/"
_DRIVER = "info:eu-repo/semantics/"


def values(described: Description) -> Iterator[tuple[str, str, str]]:
    """(element, value, language of the value), in the order of the elements' own list."""
    sort = sort_of(described)
    yield "title", described.title, described.language
    for maker in described.makers:
        yield "contributor" if maker.role == TRANSLATOR else "creator", maker.turned, ""
    for word in described.subjects:
        yield "subject", word.label, "en"
    yield "description", described.abstract, described.language
    yield "publisher", described.publisher, ""
    yield "date", described.date, ""
    yield "type", f"{_DRIVER}{sort.driver}", ""
    yield "type", sort.coar_label, "en"
    yield "type", sort.dcmi, ""
    for media_type in dict.fromkeys(kept.media_type for kept in described.files):
        yield "format", media_type, ""
    # Harvesters take the first as the page; a file's own address follows it at once.
    yield "identifier", described.address, ""
    for address in _identifiers(described):
        yield "identifier", address, ""
    yield "source", described.link, ""
    yield "language", described.language, ""
    for relation in described.relations:
        yield "relation", relation.address, ""
    for word in (*described.countries, *described.regions):
        yield "coverage", word.label, "en"
    yield from _rights(described)


def element(described: Description) -> Any:
    """The record as an `oai_dc:dc` element."""
    root = etree.Element(f"{{{NAMESPACE}}}dc", nsmap={"oai_dc": NAMESPACE, "dc": _DC, "xsi": XSI})
    root.set(SCHEMA_LOCATION, f"{NAMESPACE} {SCHEMA}")
    for name, value, language in values(described):
        if value.strip():
            add(root, f"{{{_DC}}}{name}", value, language=language)
    return root


def _identifiers(described: Description) -> Iterator[str]:
    yield from (kept.address for kept in described.files)
    if described.doi:
        yield f"https://doi.org/{described.doi}"
    if described.handle:
        yield f"https://hdl.handle.net/{described.handle}"
    if described.isbn:
        yield f"urn:isbn:{described.isbn}"


def _rights(described: Description) -> Iterator[tuple[str, str, str]]:
    # What is only linked may be open or not where it stands: nothing is said of it.
    if described.files:
        yield "rights", f"{_DRIVER}openAccess", ""
    if described.terms:
        yield "rights", described.terms.uri or described.terms.label, ""

"""Highwire tags in a page's head (Google Scholar's inclusion guidelines; Zotero's translator
"Embedded Metadata" files what has citation_technical_report_institution as a report).
Called by the page of a record."""

from __future__ import annotations

from collections.abc import Iterator

from exchange.contributions.describing import AUTHOR, Description, Maker
from exchange.contributions.formats.sorts import sort_of

_NO_BREAK = "\u00a0"
_TYPES = {"JOUR": "Journal Article", "CHAP": "Book Item"}


def tags(described: Description) -> list[tuple[str, str]]:
    """(name, content) of every tag that has a content."""
    return [(name, value) for name, value in _tags(described) if value]


def _tags(described: Description) -> Iterator[tuple[str, str]]:
    sort = sort_of(described)
    yield "citation_title", described.title
    for maker in described.by(AUTHOR):
        yield "citation_author", _name(maker)
    yield "citation_publication_date", described.date.replace("-", "/")
    if sort.ris == "JOUR":
        yield "citation_journal_title", described.publisher
    elif sort.ris == "CHAP":
        yield "citation_book_title", described.publisher
    else:
        yield "citation_technical_report_institution", described.publisher or _first(described)
    yield "citation_doi", described.doi
    yield "citation_isbn", described.isbn
    yield "citation_language", described.language
    yield "citation_abstract_html_url", described.address
    for kept in described.files:
        if kept.media_type == "application/pdf":
            yield "citation_pdf_url", kept.address
    yield "citation_keywords", "; ".join(word.label for word in described.subjects)
    # Zotero takes these three words of Dublin Core's type for what they say, before anything else.
    yield "DC.type", _TYPES.get(sort.ris, "Report")
    yield "DC.rights", described.terms.uri or described.terms.label if described.terms else ""


def _name(maker: Maker) -> str:
    """ "Family, Given". Zotero parts "Van Bavel, Anna Maria" into two people where both sides of
    the comma hold a space, and takes the last word of an organisation for a family name: a space
    that does not break, and a comma with nothing behind it, keep both whole."""
    if maker.is_organisation or not maker.family:
        return f"{maker.name.replace(', ', ' ')},"
    given = maker.given.replace(" ", _NO_BREAK)
    return f"{maker.family}, {given}" if given else f"{maker.family},"


def _first(described: Description) -> str:
    return next((maker.name for maker in described.makers if maker.is_organisation), "")

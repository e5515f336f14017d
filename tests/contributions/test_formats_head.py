"""The head of a page, read as Zotero's translator "Embedded Metadata" reads it.
Read by pytest alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from exchange.contributions.describing import Description, Kept, Maker, Word
from exchange.contributions.formats import highwire


@dataclass
class Item:
    """What a reference manager would file."""

    kind: str
    fields: dict[str, str]
    creators: list[tuple[str, str]] = field(default_factory=list)


def filed(described: Description) -> Item:
    """Follows the translator's rules: dc:type before the kinds that Highwire tags tell, authors
    parted at semicolons, and at a comma that has spaces on both its sides."""
    tags = highwire.tags(described)
    first = dict(reversed(tags))
    kinds = {
        "citation_journal_title": "journalArticle",
        "citation_technical_report_institution": "report",
        "citation_book_title": "bookSection",
    }
    kind = next((kinds[name] for name, _value in tags if name in kinds), "journalArticle")
    by_type = {"Report": "report", "Journal Article": "journalArticle", "Book Item": "bookSection"}
    item = Item(by_type.get(first.get("DC.type", ""), kind), first)
    for name, value in tags:
        if name == "citation_author":
            for one in _authors(value):
                item.creators.append(_parted(one))
    return item


def _authors(value: str) -> list[str]:
    parts = re.split(r"\s*;\s*", value)
    if len(parts) == 1:
        by_comma = re.split(r" *, *", parts[0])
        if len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
            return by_comma
    return parts


def _parted(author: str) -> tuple[str, str]:
    """(family, given); an organisation has a family name alone."""
    by_comma = "," in author
    author = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", author)
    if by_comma:
        family, _comma, given = author.partition(",")
        return family.strip(), " ".join(given.split())
    given, _space, family = author.rpartition(" ")
    return family, given


def described(**fields: object) -> Description:
    given = {"key": "resource/1", "address": "https://e.example/library/1-x/", "title": "x"}
    return Description(**{**given, **fields})


@pytest.mark.parametrize("slug", ["report", "guide", "brief", "tool", "evaluation", "research"])
def test_a_report_is_filed_as_a_report(slug: str) -> None:
    item = filed(described(types=(Word(slug, slug),), publisher="Plan"))

    assert item.kind == "report"
    assert item.fields["citation_technical_report_institution"] == "Plan"


def test_articles_and_chapters_are_filed_as_such() -> None:
    assert filed(described(types=(Word("journal-article", ""),))).kind == "journalArticle"
    assert filed(described(types=(Word("book-chapter", ""),))).kind == "bookSection"


def test_names_arrive_whole_and_in_order() -> None:
    makers = (
        Maker("Hannelore Van Bavel", "Van Bavel", "Hannelore Anna"),
        Maker("Save the Children", is_organisation=True),
        Maker("Mike Wessells", "Wessells", "Mike"),
        Maker("Ministry of Health, Kenya", is_organisation=True),
    )

    assert filed(described(makers=makers)).creators == [
        ("Van Bavel", "Hannelore Anna"),
        ("Save the Children", ""),
        ("Wessells", "Mike"),
        ("Ministry of Health Kenya", ""),
    ]


def test_the_file_the_date_and_the_page_are_named() -> None:
    kept = Kept("https://e.example/library/files/k/a.pdf", "a.pdf", "application/pdf", 1)
    item = filed(described(files=(kept,), year=2018, month=5))

    assert item.fields["citation_pdf_url"].endswith(".pdf")
    assert item.fields["citation_publication_date"] == "2018/05"
    assert item.fields["citation_abstract_html_url"] == "https://e.example/library/1-x/"


def test_without_a_date_none_is_claimed() -> None:
    assert "citation_publication_date" not in dict(highwire.tags(described()))

"""One record of the library as plain values, the shape every door hands to the actions.
Made by forms and importers; read by actions and queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from exchange.contributions.content import Content
from exchange.library.models import Resource
from exchange.library.naming import Maker, as_line, makers

# What older tables have no column for: empty there means "not said", never "take it away".
NEWER = (
    "month",
    "is_undated",
    "edition",
    "evidence",
    "licence",
    "doi",
    "isbn",
    "handle",
    "useful_for",
    "setting",
    "mechanism",
    "leadership",
)
# Columns that are kept under the same name on the row, and those kept as words in a line.
_PLAIN = (
    "publisher",
    "year",
    "month",
    "is_undated",
    "edition",
    "evidence",
    "licence",
    "doi",
    "isbn",
    "handle",
    "url",
    "link_kind",
    "source_site",
)
_LISTED = ("types", "regions", "audiences", "useful_for")


@dataclass(frozen=True)
class Further:
    """A further address of a record, beside its main one."""

    url: str
    kind: str = "related"
    label: str = ""


@dataclass(frozen=True)
class Record:
    """Who made it, when, what it is, what it is about and where it stands."""

    title: str
    # Names as they are shown. `creators` says more; without it they are told apart by rules.
    authors: tuple[str, ...] = ()
    publisher: str = ""
    year: int = 0
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    language: str = "en"
    url: str = ""
    link_kind: str = "library"
    source_site: str = ""
    summary: str = ""
    # None: whatever the names in `authors` say; on a change, what is there if those stay.
    creators: tuple[Maker, ...] | None = None
    # 1-12; 0 when only the year is known. Undated: somebody looked, and it bears no date.
    month: int = 0
    is_undated: bool = False
    edition: str = ""
    evidence: str = ""
    licence: str = ""
    # As `library.rules.doi_of`, `isbn_of` and `handle_of` give them.
    doi: str = ""
    isbn: str = ""
    handle: str = ""
    # Hubs it is useful for, as slugs of the vocabulary "region".
    useful_for: tuple[str, ...] = ()
    setting: str = ""
    mechanism: str = ""
    leadership: str = ""
    # None leaves the further links as they are.
    links: tuple[Further, ...] | None = None

    @property
    def made_by(self) -> tuple[Maker, ...]:
        """Persons and organisations, in their order."""
        return makers(self.authors) if self.creators is None else self.creators

    @property
    def authors_line(self) -> str:
        """ "A; B", for lists and cards."""
        return "; ".join(self.authors) or as_line(self.creators or ())

    def over(self, known: Record) -> Record:
        """This record where it says something, and what is known where an older table is silent.
        For whoever changes a record by a table without the newer columns."""
        empty = Record(title="")
        silent = [name for name in NEWER if getattr(self, name) == getattr(empty, name)]
        return replace(self, **{name: getattr(known, name) for name in silent})

    def columns(self) -> dict[str, Any]:
        """What its row keeps beside the words that every contribution has."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
        kept.update({name: " ".join(getattr(self, name)) for name in _LISTED})
        return {**kept, "authors": self.authors_line}

    def content(self) -> Content:
        """The part of it that every contribution has."""
        return Content(
            title=self.title,
            body=self.summary,
            summary=self.summary,
            language=self.language,
            topics=self.topics,
            countries=self.countries,
            setting=self.setting,
            mechanism=self.mechanism,
            leadership=self.leadership,
            other_terms=tuple(
                f"{vocabulary}:{slug}"
                for vocabulary, slugs in (
                    ("type", self.types),
                    # A reader who narrows by a region wants what is about it and what is useful there.
                    ("region", (*self.regions, *self.useful_for)),
                    ("audience", self.audiences),
                )
                for slug in slugs
            ),
        )


def record_of(row: Resource) -> Record:
    """A record as its row has it now: no further question to the database, and so without
    creators and further links, which a change then leaves as they are."""
    return Record(
        title=row.title,
        authors=tuple(row.author_names),
        types=tuple(row.type_slugs),
        countries=tuple(row.country_codes),
        regions=tuple(row.region_slugs),
        topics=tuple(row.topic_slugs),
        audiences=tuple(row.audience_slugs),
        useful_for=tuple(row.hub_slugs),
        language=row.language,
        setting=row.setting,
        mechanism=row.mechanism,
        leadership=row.leadership,
        summary=row.body,
        **{name: getattr(row, name) for name in _PLAIN},
    )


def whole_record_of(row: Resource) -> Record:
    """As `record_of`, with who made it and its further links: two more questions."""
    made_by = tuple(
        Maker(one.name, one.is_organisation, one.family, one.given, one.role)
        for one in row.creators.all()
    )
    further = tuple(Further(one.url, one.kind, one.label) for one in row.links.all().order_by("id"))
    return replace(record_of(row), creators=made_by, links=further)

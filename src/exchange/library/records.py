"""One record of the library as plain values, the shape every door hands to the actions.
Made by forms; read by actions and queries."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.contributions.content import Content
from exchange.library.models import Resource


@dataclass(frozen=True)
class Record:
    """Who made it, when, what it is, what it is about and where it stands."""

    title: str
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

    def content(self) -> Content:
        """The part of it that every contribution has."""
        return Content(
            title=self.title,
            body=self.summary,
            summary=self.summary,
            language=self.language,
            topics=self.topics,
            countries=self.countries,
            other_terms=tuple(
                f"{vocabulary}:{slug}"
                for vocabulary, slugs in (
                    ("type", self.types),
                    ("region", self.regions),
                    ("audience", self.audiences),
                )
                for slug in slugs
            ),
        )


def record_of(row: Resource) -> Record:
    """A record as the library has it now."""
    return Record(
        title=row.title,
        authors=tuple(row.author_names),
        publisher=row.publisher,
        year=row.year,
        types=tuple(row.type_slugs),
        countries=tuple(row.country_codes),
        regions=tuple(row.region_slugs),
        topics=tuple(row.topic_slugs),
        audiences=tuple(row.audience_slugs),
        language=row.language,
        url=row.url,
        link_kind=row.link_kind,
        source_site=row.source_site,
        summary=row.body,
    )

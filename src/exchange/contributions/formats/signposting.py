"""Typed links for machines (FAIR Signposting Profile, October 2023; RFC 8288 and RFC 9264).
Called by the page of a record and by its link set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exchange.contributions.describing import Description
from exchange.contributions.formats.sorts import sort_of

MEDIA_TYPE = "application/linkset+json"
# With more, a page only points to the link set: its head should not grow with its files.
MOST_ON_A_PAGE = 14


@dataclass(frozen=True)
class Link:
    """One typed link from the page of a record."""

    rel: str
    href: str
    media_type: str = ""


def links(
    described: Description, described_by: Sequence[tuple[str, str]], linkset: str
) -> list[Link]:
    """The links of the page itself; `described_by` are (address, media type) of its other forms.
    An `author` is left out: the profile wants an address of the person, and we know none."""
    made = [Link("cite-as", described.cite_as)]
    made += [Link("describedby", address, media_type) for address, media_type in described_by]
    made += [Link("item", kept.address, kept.media_type) for kept in described.files]
    made += [Link("type", "https://schema.org/AboutPage")]
    made += [Link("type", f"https://schema.org/{sort_of(described).schema}")]
    if described.terms and described.terms.uri:
        made.append(Link("license", described.terms.uri))
    whole = Link("linkset", linkset, MEDIA_TYPE)
    return [*made, whole] if len(made) < MOST_ON_A_PAGE else [whole]


def header(linkset: str) -> str:
    """The one link that stands in the answer's own header: it costs every reader some bytes, and
    who asks for the header alone finds all the others through it."""
    return f'<{linkset}>; rel="linkset"; type="{MEDIA_TYPE}"'


def back(page: str, rel: str) -> str:
    """The header of a file ("collection") or of another form ("describes") of a record's page."""
    return f'<{page}>; rel="{rel}"; type="text/html"'


def linkset(described: Description, described_by: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """All links at once, with those that lead back from files and other forms to the page."""
    page: dict[str, Any] = {"anchor": described.address}
    page["cite-as"] = [{"href": described.cite_as}]
    page["describedby"] = [{"href": address, "type": kind} for address, kind in described_by]
    page["item"] = [{"href": kept.address, "type": kept.media_type} for kept in described.files]
    page["type"] = [
        {"href": "https://schema.org/AboutPage"},
        {"href": f"https://schema.org/{sort_of(described).schema}"},
    ]
    if described.terms and described.terms.uri:
        page["license"] = [{"href": described.terms.uri}]
    back = [{"href": described.address, "type": "text/html"}]
    contexts = [{name: value for name, value in page.items() if value}]
    contexts += [{"anchor": kept.address, "collection": back} for kept in described.files]
    contexts += [{"anchor": address, "describes": back} for address, _kind in described_by]
    return {"linkset": contexts}

"""CSL-JSON, which citation processors and Zotero read (schema csl-data.json 1.0.2).
Called by the exports."""

from __future__ import annotations

from typing import Any

from exchange.contributions.describing import AUTHOR, EDITOR, TRANSLATOR, Description, Maker
from exchange.contributions.formats.sorts import sort_of

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def item(described: Description) -> dict[str, Any]:
    """One record; what is not known is not there."""
    sort = sort_of(described)
    made: dict[str, Any] = {
        "id": f"exchange-{described.number}",
        "type": sort.csl,
        "title": described.title,
        "author": [_name(maker) for maker in described.by(AUTHOR)],
        "editor": [_name(maker) for maker in described.by(EDITOR)],
        "translator": [_name(maker) for maker in described.by(TRANSLATOR)],
        "issued": _issued(described),
        "container-title" if sort.within else "publisher": described.publisher,
        "genre": described.types[0].label if described.types and sort.csl == "report" else "",
        "edition": described.edition,
        "DOI": described.doi,
        "ISBN": described.isbn,
        "URL": described.where,
        "language": described.language,
        "keyword": ", ".join(word.label for word in described.subjects),
        "abstract": described.abstract,
    }
    return {name: value for name, value in made.items() if value}


def _name(maker: Maker) -> dict[str, str]:
    if maker.is_organisation or not maker.family:
        return {"literal": maker.name}
    named = {"family": maker.family, "given": maker.given}
    return {part: value for part, value in named.items() if value}


def _issued(described: Description) -> dict[str, Any]:
    if not described.year:
        return {}
    parts = [described.year, described.month] if described.month else [described.year]
    return {"date-parts": [parts]}

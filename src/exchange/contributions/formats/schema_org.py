"""schema.org as JSON-LD (schema.org 29; Google's rules for structured data): Report,
LearningResource, ScholarlyArticle, VideoObject and their like. Called by pages and exports."""

from __future__ import annotations

import json
from typing import Any

from exchange.contributions.describing import AUTHOR, EDITOR, TRANSLATOR, Description, Maker
from exchange.contributions.formats.sorts import sort_of

MEDIA_TYPE = "application/ld+json"
# Inside a script element, what could end it or begin a comment is written as a number.
_OUT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_RELATIONS = {
    "translation-of": "translationOfWork",
    "has-translation": "workTranslation",
    "supersedes": "isBasedOn",
}


def document(described: Description) -> dict[str, Any]:
    """The record; what is not known is not there."""
    sort = sort_of(described)
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": sort.schema,
        "@id": described.address,
        "url": described.address,
        "name": described.title,
        "author": [_maker(maker) for maker in described.by(AUTHOR)],
        "editor": [_maker(maker) for maker in described.by(EDITOR)],
        "translator": [_maker(maker) for maker in described.by(TRANSLATOR)],
        "datePublished": described.date,
        "inLanguage": described.language,
        "license": described.terms.uri if described.terms else "",
        "isAccessibleForFree": True if described.files else None,
        "identifier": described.cite_as if described.cite_as != described.address else "",
        "isbn": described.isbn,
        "sameAs": described.link,
        "abstract": described.abstract,
        "about": [word.label for word in described.subjects],
        "spatialCoverage": [word.label for word in described.countries],
        "encoding": [_file(kept) for kept in described.files],
        **_held_by(described),
        **_related(described),
    }
    return {name: value for name, value in made.items() if value}


def script(described: Description) -> str:
    """The document as it may stand inside a script element."""
    text = json.dumps(document(described), ensure_ascii=False, separators=(",", ":"))
    return "".join(_OUT.get(sign, sign) for sign in text)


def _maker(maker: Maker) -> dict[str, str]:
    if maker.is_organisation:
        return {"@type": "Organization", "name": maker.name}
    named = {"name": maker.name, "familyName": maker.family, "givenName": maker.given}
    return {"@type": "Person", **{part: value for part, value in named.items() if value}}


def _held_by(described: Description) -> dict[str, Any]:
    if not described.publisher:
        return {}
    if sort_of(described).within:
        return {"isPartOf": {"@type": "CreativeWork", "name": described.publisher}}
    return {"publisher": {"@type": "Organization", "name": described.publisher}}


def _file(kept: Any) -> dict[str, str]:
    return {
        "@type": "MediaObject",
        "contentUrl": kept.address,
        "encodingFormat": kept.media_type,
        "contentSize": str(kept.size),
    }


def _related(described: Description) -> dict[str, list[dict[str, str]]]:
    related: dict[str, list[dict[str, str]]] = {}
    for relation in described.relations:
        name = _RELATIONS.get(relation.what)
        if name:
            named = {"@type": "CreativeWork", "@id": relation.address, "name": relation.title}
            related.setdefault(name, []).append(named)
    return related

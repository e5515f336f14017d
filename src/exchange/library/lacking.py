"""What a record has nothing of: asked once, so that its page asks no further for what is not there.
Called by the record's page, and by what stands on it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from exchange.core.remembering import remembered
from exchange.library.models import Resource

_BESIDE = (
    *("files", "creators", "links", "supersedes", "translations", "rungs", "recommendations"),
    *("uses", "give_backs", "give_back_words", "cited_in", "shelved_in"),
)


def look(resource: Resource) -> None:
    """Before its page is put together. A record that is not out is asked for everything."""
    if resource.is_public:
        key = ("lacking", resource.pk, resource.version)
        resource.lacks = remembered(key, lambda: _lacking(resource))  # type: ignore[attr-defined]


def lacks(resource: Resource, *names: str) -> bool:
    """Whether it is known that nothing at all stands there, be it seen or not."""
    known: frozenset[str] = getattr(resource, "lacks", frozenset())
    return known.issuperset(names)


def _lacking(resource: Resource) -> frozenset[str]:
    rows: Any = Resource.objects.filter(pk=resource.pk).order_by()
    found = rows.values_list(*(_is_there(name) for name in _BESIDE)).first() or ()
    return frozenset(name for name, there in zip(_BESIDE, found, strict=False) if not there)


def _is_there(name: str) -> Exists:
    relation: Any = Resource._meta.get_field(name)
    rows = relation.related_model._base_manager.order_by()
    return Exists(rows.filter(**{relation.field.attname: OuterRef("pk")}))

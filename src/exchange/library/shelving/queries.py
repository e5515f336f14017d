"""Reads of collections and shelves: lists of them, one with its records, those a record stands in.
Called by the views of this matter and by the page of a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat

from exchange.contributions.models import PUBLIC_STATES, State
from exchange.core.remembering import remembered
from exchange.library.models import Resource, Shelf, ShelfItem, Standing
from exchange.library.shelving import rules
from exchange.members.models import Member
from exchange.taxonomy import vocabulary

PAGE_SIZE = 20
USEFUL_AT_MOST = 40
IN_AT_MOST = 12


@dataclass(frozen=True)
class Stood:
    """One page of a shelf."""

    rows: list[ShelfItem] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    # Bytes to read everything on the shelf as light views, and how many have none yet.
    light: int = 0
    without_light: int = 0


@dataclass(frozen=True)
class Listed:
    """One page of the list of collections."""

    rows: list[Shelf] = field(default_factory=list)
    page: int = 1
    pages: int = 1


def shelf_of(pk: int, reader: Member | None) -> Shelf | None:
    """The collection, if this reader may see it."""
    found: Shelf | None = (
        Shelf.objects.visible_to(reader)
        .filter(pk=pk, kind=Shelf.Kind.COLLECTION)
        .select_related("by")
        .first()
    )
    return found


def any_shelf(pk: int, reader: Member | None) -> Shelf | None:
    """The collection or the shelf of a hub, if this reader may see it."""
    found: Shelf | None = Shelf.objects.visible_to(reader).filter(pk=pk).first()
    return found


def of_hub(hub: str, reader: Member | None) -> Shelf | None:
    """The shelf of a hub, if it has one that this reader may see."""
    found: Shelf | None = Shelf.objects.visible_to(reader).filter(hub=hub).first()
    return found


def item_of(pk: int, reader: Member | None) -> ShelfItem | None:
    """A record as it stands on a shelf that this reader may see."""
    shelves = Shelf.objects.visible_to(reader)
    item: ShelfItem | None = (
        ShelfItem.objects.visible_to(reader)
        .filter(pk=pk, shelf__in=shelves, resource__state__in=PUBLIC_STATES)
        .select_related("shelf", "resource")
        .first()
    )
    return item


def page_of(item: ShelfItem) -> int:
    """The number of the page on which a record stands now."""
    standing = list(_standing(item.shelf).values_list("pk", flat=True))
    return standing.index(item.pk) // PAGE_SIZE + 1 if item.pk in standing else 1


def collections(page: int) -> Listed:
    """Collections everybody may read, those last changed first, with how many records are in."""
    out = Shelf.objects.published().filter(kind=Shelf.Kind.COLLECTION)
    total = out.count()
    held = Count("items", filter=Q(items__resource__state=State.PUBLISHED))
    rows = out.annotate(n=held).order_by("-changed_at", "-pk")
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    return Listed(list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), page, pages)


def kept_by(member: Member | None) -> list[Shelf]:
    """A member's own collections, whatever became of them, but the closed ones."""
    if member is None:
        return []
    mine = Shelf.objects.filter(by=member, kind=Shelf.Kind.COLLECTION)
    return list(mine.exclude(standing=Standing.WITHDRAWN).order_by("-changed_at")[:50])


def to_put_into(member: Member) -> list[Shelf]:
    """Shelves this member may put a record on: their own, and for hosts those of hubs and all
    that are out, the last used first."""
    mine = Q(by=member, kind=Shelf.Kind.COLLECTION)
    mine &= ~Q(standing=Standing.WITHDRAWN)
    if member.is_host:
        mine |= Q(standing=Standing.PUBLISHED)
    # Shelves of hubs first: they are few, and asked for most.
    rows = Shelf.objects.filter(mine).order_by("-kind", "-changed_at")
    return list(rows[: rules.MOST_SHELVES])


def hubs_without_shelf(member: Member) -> list[str]:
    """Hubs whose shelf a host may begin by putting something on it."""
    if not member.is_host:
        return []
    begun = set(Shelf.objects.exclude(hub="").values_list("hub", flat=True))
    return [slug for slug in hubs() if slug not in begun]


def stood(shelf: Shelf, page: int) -> Stood:
    """A page of what stands on a shelf and can be read."""
    rows = _standing(shelf)
    total, light, without = remembered(
        ("shelf", shelf.pk, shelf.version), lambda: _weighed(shelf, rows)
    )
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    shown = rows.select_related("resource").defer("resource__body")
    return Stood(
        list(shown[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), total, page, pages, light, without
    )


def useful(hub: str) -> list[Resource]:
    """Records somebody marked useful for a hub that its shelf does not hold yet, newest first."""
    made = remembered(("useful", hub), lambda: _useful(hub))
    return list(made)


def hubs() -> list[str]:
    """Regions that are a hub, or have become one: a shelf, or a record marked useful for them."""
    return list(remembered(("hubs",), _hubs))


def standing_in(resource: Resource) -> list[dict[str, Any]]:
    """Shelves everybody may read that a record stands on, with the word on it there."""
    key = ("standing-in", resource.pk, resource.version)
    return list(remembered(key, lambda: _standing_in(resource)))


def waiting() -> list[Shelf]:
    """Collections that wait for a host, and those with newer words that do."""
    unsealed = ShelfItem.objects.filter(resource__sealed_at=None).select_related("resource")
    rows = Shelf.objects.filter(waits()).distinct().prefetch_related(Prefetch("items", unsealed))
    return list(rows.order_by("changed_at")[:50])


def waits() -> Q:
    """What a host has to decide about: a new collection, or new words of one that stands."""
    proposed = ~Q(proposed_title="") | (Q(items__isnull=False) & ~Q(items__proposed=""))
    return Q(standing=Standing.WAITING) | (Q(standing=Standing.PUBLISHED) & proposed)


def _standing(shelf: Shelf) -> QuerySet[Any]:
    return ShelfItem.objects.published().filter(shelf=shelf, resource__state=State.PUBLISHED)


def _weighed(shelf: Shelf, rows: QuerySet[Any]) -> tuple[int, int, int]:
    """How many records, the bytes of their light views, and how many have none."""
    sizes = list(rows.order_by().values_list("resource__readable_size", flat=True))
    return len(sizes), sum(sizes), sizes.count(0)


def _useful(hub: str) -> list[Resource]:
    rows: Any = Resource.objects
    marked = rows.listed().annotate(hub_marks=Concat(Value(" "), "useful_for", Value(" ")))
    there = ShelfItem.objects.filter(shelf__hub=hub).values("resource_id")
    found = (
        marked.exclude(useful_for="").filter(hub_marks__contains=f" {hub} ").exclude(pk__in=there)
    )
    return list(found.for_lists().order_by("-published_at", "-pk")[:USEFUL_AT_MOST])


def _hubs() -> list[str]:
    rows: Any = Resource.objects
    marks = rows.listed().exclude(useful_for="").order_by().values_list("useful_for", flat=True)
    found = {slug for mark in marks.distinct() for slug in mark.split()}
    found |= set(Shelf.objects.published().exclude(hub="").values_list("hub", flat=True))
    found |= set(rules.FIRST_HUBS)
    return [word.slug for word in vocabulary.terms("region") if word.slug in found]


def _standing_in(resource: Resource) -> list[dict[str, Any]]:
    rows = (
        ShelfItem.objects.published()
        .filter(resource=resource, shelf__standing=Standing.PUBLISHED)
        .select_related("shelf")
        .order_by("-shelf__hub", "-at")[:IN_AT_MOST]
    )
    return [{"shelf": one.shelf, "item": one} for one in rows]

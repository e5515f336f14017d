"""What waits for a host beside records, and what stands that no second person has read.
Called by the pages for hosts and by the line on the morning page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exchange.core.languages import named
from exchange.library.models import Rung, Standing
from exchange.library.models.offered import Decided
from exchange.library.offering.actions import OFFERED
from exchange.members.models import Member

AT_ONCE = 40


@dataclass(frozen=True)
class Item:
    """One thing for a host, with what it would replace."""

    what: str
    row: Any
    language: str
    stands: Decided | None = None
    is_own: bool = False

    @property
    def anchor(self) -> str:
        return f"{self.what}-{self.row.pk}"


def offered(what: str, pk: int, reader: Member | None) -> Decided | None:
    """One offered text, if this reader may see it."""
    model = OFFERED.get(what)
    if model is None:
        return None
    rows: Any = model._default_manager
    found: Decided | None = rows.visible_to(reader).select_related("resource").filter(pk=pk).first()
    return found


def waiting(host: Member) -> list[Item]:
    """What members sent and nobody has read, the oldest first."""
    found = [item for what in OFFERED for item in _items(what, host, Standing.WAITING)]
    return sorted(found, key=lambda item: (item.row.at, item.row.pk))[:AT_ONCE]


def unchecked(host: Member) -> list[Item]:
    """What stands by one person's word alone."""
    found = [item for what in OFFERED for item in _items(what, host, Standing.PUBLISHED)]
    return sorted(found, key=lambda item: (item.row.at, item.row.pk))[:AT_ONCE]


_UNSEALED: dict[str, None] = {"resource__sealed_at": None}


def _items(what: str, host: Member, standing: Standing) -> list[Item]:
    rows: Any = OFFERED[what]._default_manager
    found = rows.visible_to(host).filter(standing=standing).select_related("resource")
    if standing == Standing.PUBLISHED:
        found = found.filter(checked_at=None).exclude(by=host)
    listed = list(found.order_by("at", "id")[:AT_ONCE])
    stands = _what_stands(listed) if standing == Standing.WAITING and what == "rung" else {}
    return [
        Item(
            what=what,
            row=row,
            language=named(row.language),
            stands=stands.get(row.pk),
            is_own=row.by_id == host.pk,
        )
        for row in listed
    ]


def _what_stands(rows: list[Rung]) -> dict[int, Rung]:
    """The short versions that these would replace, by the number of the new one."""
    standing = Rung.objects.published().filter(resource_id__in={row.resource_id for row in rows})
    by_place = {(row.resource_id, row.length, row.language): row for row in standing}
    return {
        row.pk: by_place[place]
        for row in rows
        if (place := (row.resource_id, row.length, row.language)) in by_place
    }

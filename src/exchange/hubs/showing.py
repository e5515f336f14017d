"""What the blocks on the page of a hub or a group need: each room asks for its own rows, and only when
the page shows that slot. Rooms register from their hooks; the page of a space calls `provided`.

    slots.register("space-inside", "hubs/working/_inside.html", order=30)
    showing.register("space-inside", working.shown)      # shown(space, reader) -> {"meetings": [...]}

`space-face` everybody sees (a regional hub alone has a face), `space-acts` are the buttons under its
name, `space-inside` whoever belongs to it, `space-hosts` its hosts. Names given by `provide` must
differ between rooms: begin them with the matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from exchange.hubs.models import Space
from exchange.members.models import Member

Provide = Callable[[Space, Member | None], dict[str, Any]]

_providers: dict[str, list[Provide]] = {}


def register(slot: str, provide: Provide) -> None:
    """Have `provide` asked whenever a page shows this slot."""
    known = _providers.setdefault(slot, [])
    if provide not in known:
        known.append(provide)


def provided(slots: Iterable[str], space: Space, reader: Member | None) -> dict[str, Any]:
    """All that the blocks in these slots show."""
    together: dict[str, Any] = {}
    for slot in slots:
        for provide in _providers.get(slot, ()):
            together.update(provide(space, reader))
    return together

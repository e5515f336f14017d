"""What rooms above show on the page of an organisation: each registers a template and how its rows
are found. Rooms call `register` from their hooks; the page asks `parts`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.members.models import Member
from exchange.organisations.models import Organisation


@dataclass(frozen=True)
class Asked:
    """Whose page it is, who reads it, and who works there as far as this reader may know."""

    organisation: Organisation
    reader: Member | None
    member_ids: Sequence[int] = ()


Provide = Callable[[Asked], Mapping[str, Any] | None]


@dataclass(frozen=True, order=True)
class _Part:
    order: int
    template: str


_parts: dict[_Part, Provide] = {}


def register(template: str, provide: Provide, order: int = 50) -> None:
    """Add a part; lower order stands first. `provide` gives its context, or None for nothing."""
    _parts[_Part(order, template)] = provide


def parts(asked: Asked) -> list[tuple[str, Mapping[str, Any]]]:
    """(template, context) of every part that has something to show."""
    found = ((part.template, _parts[part](asked)) for part in sorted(_parts))
    return [(template, shown) for template, shown in found if shown]

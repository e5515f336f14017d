"""What rooms above show on the page of an organisation: each registers a template and how its rows
are found. Rooms call `register` from their hooks; the page asks `parts`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from exchange.members.models import Member
from exchange.organisations.models import Organisation

Provide = Callable[[Organisation, Member | None], Mapping[str, Any] | None]


@dataclass(frozen=True, order=True)
class _Part:
    order: int
    template: str


_parts: dict[_Part, Provide] = {}


def register(template: str, provide: Provide, order: int = 50) -> None:
    """Add a part; lower order stands first. `provide` gives its context, or None for nothing."""
    _parts[_Part(order, template)] = provide


def parts(organisation: Organisation, reader: Member | None) -> list[tuple[str, Mapping[str, Any]]]:
    """(template, context) of every part that has something to show to this reader."""
    asked = ((part.template, _parts[part](organisation, reader)) for part in sorted(_parts))
    return [(template, shown) for template, shown in asked if shown]

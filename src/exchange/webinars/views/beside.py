"""What each matter of this room shows on the lasting page of a webinar, gathered from all of them.
Called by the view of that page."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from exchange.members.models import Member
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.rules import Roles

# In this order on the page. Registering stands above the words; what rooms and sound say is shown
# with the ways to take part.
MATTERS = (
    "after",
    "recordings",
    "seats",
    "calendars",
    "dialogue",
    "lanes",
    "live",
    "rooms",
    "sound",
)
_SHOWN_ELSEWHERE = ("seats", "rooms", "sound")


def gathered(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, Any]:
    """The words of all matters for the page, and which templates show them."""
    found: dict[str, Any] = {}
    for ask in _askers():
        found |= ask(webinar, reader=reader, seat=seat, roles=roles)
    return {**found, "beside_parts": _templates()}


@lru_cache(maxsize=1)
def _askers() -> tuple[Any, ...]:
    names = [f"exchange.webinars.{matter}.beside" for matter in MATTERS]
    return tuple(import_module(name).beside for name in names if find_spec(name))


@lru_cache(maxsize=1)
def _templates() -> tuple[str, ...]:
    names = [matter for matter in MATTERS if matter not in _SHOWN_ELSEWHERE]
    return tuple(
        name for name in (f"webinars/{one}/beside.html" for one in names) if _is_there(name)
    )


def _is_there(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True

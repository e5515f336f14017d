"""Which newsletters stand in the archive, by language and by hub.
Called by the views of the archive and by its feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from exchange.briefings import queries
from exchange.core import languages
from exchange.core.facets import Group, Option
from exchange.core.remembering import remembered
from exchange.taxonomy import vocabulary

NARROWED_BY = ("language", "hub")


def narrowing(asked: Mapping[str, Any]) -> dict[str, str]:
    """What an address narrows by; words nobody knows are passed over."""
    known = {"language": set(languages.SPOKEN), "hub": {slug for slug, _name in _regions()}}
    given = {name: str(asked.get(name, "")) for name in NARROWED_BY}
    return {name: word for name, word in given.items() if word in known[name]}


def listed(chosen: Mapping[str, str]) -> Any:
    """The newest first."""
    return queries.newsletters(None).listed().filter(**chosen).newest()


def groups(chosen: Mapping[str, str], address: str) -> list[Group]:
    """Languages and hubs that have newsletters, as links; nothing where there is no choice."""
    there = remembered(("newsletters", "there"), _there)
    found = []
    for name, title, label in _facets():
        words = sorted({row[name] for row in there if row[name]})
        if len(words) > 1 or (words and name == "hub"):
            found.append(
                Group(title, tuple(_option(name, w, label(w), chosen, address) for w in words))
            )
    return found


def _facets() -> list[tuple[str, str, Any]]:
    return [
        ("language", _("Language"), languages.named),
        ("hub", _("Hub"), lambda slug: vocabulary.label(f"region:{slug}")),
    ]


def _there() -> list[dict[str, str]]:
    return list(listed({}).order_by().values("language", "hub").distinct())


def _regions() -> list[tuple[str, str]]:
    return vocabulary.choices("region")


def _option(name: str, word: str, label: str, chosen: Mapping[str, str], address: str) -> Option:
    is_active = chosen.get(name) == word
    others = {key: value for key, value in chosen.items() if key != name}
    wanted = others if is_active else {**others, name: word}
    query = urlencode(wanted)
    return Option(label, f"{address}?{query}" if query else address, active=is_active)

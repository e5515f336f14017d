"""What stands in an edition at this moment, and which editions are on the hosts' hands.
Called by the letter, the message, the archive and the views of building."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from exchange.briefings.models import Issue, Item, Newsletter
from exchange.contributions.models import Contribution

_ORDER = {section: place for place, section in enumerate(Item.Section.values)}


def standing(edition: Newsletter) -> list[Item]:
    """Its items whose contributions anybody may read now, section after section."""
    seen = Contribution.objects.visible_to(None).listed()
    rows = Item.objects.filter(newsletter=edition, contribution__in=seen)
    return in_order(rows.select_related("contribution").defer("contribution__body"))


def chosen(edition: Newsletter) -> list[Item]:
    """All its items in order, also those that cannot be read now: for the hosts."""
    rows = Item.objects.filter(newsletter=edition)
    return in_order(rows.select_related("contribution").defer("contribution__body"))


def in_order(items: Any) -> list[Item]:
    """Section after section, each in the order the hosts gave."""
    return sorted(items, key=lambda one: (_ORDER[one.section], one.place, one.pk))


def by_section(items: list[Item]) -> list[tuple[str, list[Item]]]:
    """(section, its items) of items in order."""
    return [(name, list(some)) for name, some in groupby(items, key=lambda one: str(one.section))]


def editions_of(issue: Issue) -> list[Newsletter]:
    """Those of one issue that are not withdrawn or sealed: first for everybody, then for hubs."""
    rows: Any = Newsletter.objects
    found = rows.filter(issue=issue, sealed_at=None).exclude(state="withdrawn")
    return sorted(found, key=lambda one: (one.hub, one.language != "en", one.language))

"""An edition drafts itself: what the draft proposes stands in it, what a host put in stays.
Called by `actions` when an issue begins, and when a host asks for the proposal again."""

from __future__ import annotations

from django.db import transaction

from exchange.briefings.builder import choosing, rules
from exchange.briefings.builder.rows import changing
from exchange.briefings.models import Item, Newsletter
from exchange.members.models import Member


def draft_items(*, edition: Newsletter, by: Member) -> int:
    """Put in what the period's best is, and take out what was proposed and nobody touched. Returns
    how many items were put in. Raises NotAllowed, NotNow when it is on its way."""
    with transaction.atomic():
        row = changing(edition, by)
        row.items.filter(is_proposed=True).delete()
        kept = set(row.items.values_list("contribution_id", flat=True))
        chosen = choosing.best(row, without=kept, most=rules.IN_ALL - len(kept))
        places = _last_places(row)
        items = []
        for section, contribution in chosen:
            places[section] = places.get(section, -1) + 1
            items.append(
                Item(
                    newsletter=row,
                    contribution=contribution,
                    section=section,
                    place=places[section],
                    is_proposed=True,
                )
            )
        Item.objects.bulk_create(items)
    return len(items)


def _last_places(row: Newsletter) -> dict[str, int]:
    found: dict[str, int] = {}
    for section, place in row.items.values_list("section", "place"):
        found[section] = max(found.get(section, -1), place)
    return found

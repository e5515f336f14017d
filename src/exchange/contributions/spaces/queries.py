"""What is out in a hub or a group, for those inside: its list, and the newest on its page.
Called by the list's view and by the page of a space."""

from __future__ import annotations

from typing import Any

from exchange.contributions.cards import cards
from exchange.contributions.models import OUT_STATES, Contribution, ContributionQuerySet
from exchange.core.paging import Page, page
from exchange.hubs import rules
from exchange.hubs.models import Space
from exchange.members.models import Member

LATEST = 5


def page_of(space: Space, reader: Member, *, after: str = "", before: str = "") -> Page[Any]:
    """A page of the list, the newest first."""
    return page(_out_in(space, reader), after=after, before=before)


def latest(space: Space, reader: Member | None) -> dict[str, Any]:
    """The newest few, for the block on the page of the space."""
    if reader is None or not rules.is_within(reader, space.pk):
        return {}
    rows = list(_out_in(space, reader).newest()[:LATEST])
    return {
        "talk_cards": cards(rows, with_kind=True),
        "talk_may_write": space.is_open and rules.may_write(reader, space.pk),
    }


def _out_in(space: Space, reader: Member) -> ContributionQuerySet:
    rows: ContributionQuerySet = Contribution.objects.visible_to(reader).for_lists()
    return rows.filter(space=space, state__in=OUT_STATES)

"""The items of an edition: put in, taken out, moved, introduced, taken over from another edition.
Changed by hosts' pages; each verb is one transaction and one entry, and takes a release back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from exchange.briefings.builder import queries, rules
from exchange.briefings.builder.rows import changing, must_build, must_pass, record_of
from exchange.briefings.errors import NotNow
from exchange.briefings.models import Item, Newsletter
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution
from exchange.members.models import Member


def add(*, edition: Newsletter, contribution_id: int, by: Member) -> Item:
    """Put something in that anybody may read, at the end of its section; in it already: nothing
    happens. Raises NotAllowed for what cannot be read, NotNow when it is full or on its way."""
    found = Contribution.objects.visible_to(None).listed().exclude(kind="newsletter")
    contribution = found.filter(pk=contribution_id).first()
    if contribution is None:
        raise NotAllowed
    with transaction.atomic():
        row = changing(edition, by)
        there = row.items.filter(contribution=contribution).first()
        if there is not None:
            item: Item = there
            return item
        if row.items.count() >= rules.MOST_ITEMS:
            raise NotNow
        section = rules.section_of(contribution.kind, is_answered=contribution.reply_count > 0)
        item = Item.objects.create(
            newsletter=row,
            contribution=contribution,
            section=section,
            place=_next_place(row, section),
        )
        record_of("newsletter.changed", row, by)
    return item


def remove(*, edition: Newsletter, item_id: int, by: Member) -> None:
    """Take one out; taken out already: nothing happens. Raises NotAllowed, NotNow."""
    with transaction.atomic():
        row = changing(edition, by)
        gone, _rows = row.items.filter(pk=item_id).delete()
        if gone:
            record_of("newsletter.changed", row, by)


def move(*, edition: Newsletter, item_id: int, up: bool, by: Member) -> None:
    """One place up or down in its section; at its end: nothing happens. Raises NotAllowed,
    NotNow."""
    with transaction.atomic():
        row = changing(edition, by)
        item = row.items.filter(pk=item_id).first()
        if item is None:
            return
        beside = [one for one in queries.chosen(row) if one.section == item.section]
        here = [one.pk for one in beside].index(item.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(beside):
            return
        beside[here], beside[there] = beside[there], beside[here]
        _number(beside)
        row.items.filter(pk=item.pk).update(is_proposed=False)
        record_of("newsletter.changed", row, by)


def introduce(*, edition: Newsletter, item_id: int, intro: str, by: Member) -> None:
    """Say in one line why somebody should open it. Raises NotAllowed, NotNow, Refused, Noticed."""
    must_build(by)
    must_pass(intro, by=by, language=edition.language)
    with transaction.atomic():
        row = changing(edition, by)
        changed = row.items.filter(pk=item_id).update(
            intro=intro[: rules.LONGEST_INTRO], is_proposed=False
        )
        if changed:
            record_of("newsletter.changed", row, by)


def take_over(*, edition: Newsletter, other: Newsletter, by: Member) -> None:
    """The same items in the same order as another edition of the issue. Lines that were written
    here stay with their things; the others are still to be written. Raises NotAllowed, NotNow."""
    with transaction.atomic():
        row = changing(edition, by)
        if other.issue_id != row.issue_id:
            raise NotAllowed
        here = {item.contribution_id: item for item in row.items.all()}
        theirs = queries.chosen(other)
        numbers = {item.contribution_id for item in theirs}
        row.items.exclude(contribution__in=numbers).delete()
        for item in theirs:
            mine = here.get(item.contribution_id) or Item(
                newsletter=row, contribution_id=item.contribution_id
            )
            mine.section, mine.place, mine.is_proposed = item.section, item.place, False
            mine.save()
        record_of("newsletter.changed", row, by)


def _number(items: list[Item]) -> None:
    for place, item in enumerate(items):
        item.place = place
    Item.objects.bulk_update(items, ["place"])


def _next_place(row: Newsletter, section: str) -> int:
    last = row.items.filter(section=section).aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1

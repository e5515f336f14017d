"""What stands in an edition at this moment, and which editions are on the hosts' hands.
Called by the letter, the message, the archive and the views of building."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch

from exchange.briefings.builder import rules
from exchange.briefings.models import Issue, Item, Newsletter, Subscriber
from exchange.contributions.models import Contribution

_SHOWN = 24
_FOUND = 8
_WORDS = 6
_DIGITS = 18
_ORDER = {section: place for place, section in enumerate(Item.Section.values)}


def standing(edition: Newsletter) -> list[Item]:
    """Its items whose contributions anybody may read now, section after section."""
    return standing_in([edition])[edition.pk]


def gone(edition: Newsletter) -> list[Contribution]:
    """What was told in it and cannot be read any more. For comparing; nobody is shown it."""
    seen = Contribution.objects.visible_to(None).listed()
    rows = Item.objects.filter(newsletter=edition).exclude(contribution__in=seen)
    return [item.contribution for item in rows.select_related("contribution")]


def chosen(edition: Newsletter) -> list[Item]:
    """All its items in order, for the hosts. `stands` says whether anybody may read it now: of
    what was taken back nothing is shown."""
    seen = Contribution.objects.visible_to(None).listed().filter(pk=OuterRef("contribution_id"))
    rows = Item.objects.filter(newsletter=edition).annotate(stands=Exists(seen))
    return in_order(rows.select_related("contribution").defer("contribution__body"))


def in_order(items: Any) -> list[Item]:
    """Section after section, each in the order the hosts gave. A question that was answered since
    it was put in stands with those that were answered."""
    some = list(items)
    for item in some:
        if item.section == Item.Section.WAITING and item.contribution.reply_count:
            item.section = Item.Section.ANSWERED
    return sorted(some, key=lambda one: (_ORDER[one.section], one.place, one.pk))


def editions_of(issue: Issue) -> list[Newsletter]:
    """Those of one issue that are not withdrawn or sealed: first for everybody, then for hubs."""
    rows: Any = Newsletter.objects
    found = rows.filter(issue=issue, sealed_at=None).exclude(state="withdrawn")
    for one in found:
        one.issue = issue
    return sorted(found, key=lambda one: (one.hub, one.language != "en", one.language))


def issues() -> list[Issue]:
    """The newest first, each with its `known` editions."""
    rows: Any = Newsletter.objects
    there = rows.filter(sealed_at=None).exclude(state="withdrawn").order_by("hub", "language")
    editions = Prefetch("editions", queryset=there, to_attr="known")
    return list(Issue.objects.prefetch_related(editions)[:_SHOWN])


def begun_by(once: str) -> Issue | None:
    """The issue that a form with this key has become."""
    rows: Any = Newsletter.objects
    row = rows.filter(once_key=f"{once}-0").select_related("issue").first()
    return row.issue if row is not None else None


def standing_in(editions: Sequence[Newsletter]) -> dict[int, list[Item]]:
    """As `standing`, of several editions in one question."""
    seen = Contribution.objects.visible_to(None).listed()
    rows = Item.objects.filter(newsletter__in=editions, contribution__in=seen)
    found: dict[int, list[Item]] = {one.pk: [] for one in editions}
    for item in in_order(rows.select_related("contribution").defer("contribution__body")):
        found[item.newsletter_id].append(item)
    return found


def readers() -> dict[tuple[str, str], int]:
    """How many get newsletters, by hub and language."""
    rows = Subscriber.objects.getting().order_by().values_list("hub", "language")
    return {(hub, language): n for hub, language, n in rows.annotate(n=Count("pk"))}


def intros_beside(edition: Newsletter) -> dict[int, list[tuple[str, str]]]:
    """(language, line) that other editions of the issue say of the same things, by
    contribution."""
    rows = Item.objects.filter(newsletter__issue=edition.issue_id, newsletter__sealed_at=None)
    written = rows.exclude(newsletter=edition).exclude(intro="").order_by("pk")
    found: dict[int, list[tuple[str, str]]] = {}
    columns = ("contribution_id", "newsletter__language", "intro")
    for pk, language, intro in written.values_list(*columns):
        found.setdefault(pk, []).append((language, intro))
    return found


def to_put_in(typed: str, *, without: set[int]) -> list[Contribution]:
    """What a host may put in, by its number or by words of its title, the newest first."""
    rows: Any = Contribution.objects.visible_to(None).listed()
    rows = rows.exclude(kind="newsletter").for_lists()
    number = typed.strip().lstrip("#")
    if number.isdecimal() and len(number) < _DIGITS:
        rows = rows.filter(pk=int(number))
    for word in [] if number.isdecimal() else typed.split()[:_WORDS]:
        rows = rows.filter(title__icontains=word)
    # What stands in it already is left out here: the list may be long.
    some = rows.newest()[: _FOUND + rules.MOST_ITEMS]
    return [row for row in some if row.pk not in without][:_FOUND]

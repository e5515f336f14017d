"""Reads of the spine: lists by kind and context, and counts for their facets.
Called by views of this room and of the rooms above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from exchange.contributions.models import ContextTerm, Contribution, State
from exchange.core.paging import Page, page
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.members.models import Member

# Facets a list can be narrowed by, and the vocabulary each takes its words from.
NARROWED_BY = ("topic", "country", "setting", "leadership")
# In which order the bridge is entered: few stand under one country, many under one setting.
THINNEST_FIRST = ("country", "topic", "setting", "leadership")
COUNTED_AT_MOST = 5000
MOST_UNREADABLE = 100
# Shares of fewer are told to nobody.
FEWEST_TOLD = 5
# What a newcomer may share in a day; answers have their own measure in conversation.
NEWCOMERS_SHARE = 3


def is_at_newcomers_limit(member: Member) -> bool:
    """Whether a newcomer has sent three things within a day that wait or are out: hosts are few,
    and read every first word."""
    if not member.is_newcomer:
        return False
    lately = Contribution.objects.filter(
        author=member,
        state__in=(State.WAITING, State.PUBLISHED),
        submitted_at__gt=now() - timedelta(days=1),
    )
    return lately.count() >= NEWCOMERS_SHARE


def listed(kind: str, narrowing: Mapping[str, str]) -> QuerySet[Contribution]:
    """Published contributions of a kind, narrowed by terms ({"topic": "child-marriage"}) and by
    "language". An unknown word narrows to nothing, as the address asked."""
    rows = Contribution.objects.listed().filter(kind=kind).for_lists()
    for name in NARROWED_BY:
        slug = narrowing.get(name)
        if slug:
            rows = rows.filter(_placed_at(f"{name}:{slug}", "pk"))
    if narrowing.get("language"):
        rows = rows.filter(language=narrowing["language"])
    if narrowing.get("waiting"):
        rows = rows.filter(reply_count=0, closed_at=None)
    if narrowing.get("sort"):
        rows = rows.filter(notice__sort=narrowing["sort"])
    found: QuerySet[Contribution] = rows
    return found


def page_of(
    kind: str,
    narrowing: Mapping[str, str],
    *,
    after: str = "",
    before: str = "",
    spoken: Sequence[str] = (),
) -> Page[Contribution]:
    """One page of a list, the newest first; `spoken`: what can be read in one of these alone."""
    bridge = _bridge(kind, narrowing)
    if bridge is None:
        wanted = listed(kind, narrowing).filter(readable_in(spoken))
        return page(wanted, after=after, before=before)
    if spoken:
        bridge = bridge.filter(readable_in(spoken, "contribution__"))
    found = page(bridge, after=after, before=before, by="contribution_id")
    rows = in_order([row.contribution_id for row in found.rows])
    return Page(rows, older=found.older, newer=found.newer, is_first=found.is_first)


def readable_in(spoken: Sequence[str], at: str = "") -> Q:
    """Written in one of these languages, or carried into one; no languages: everything."""
    wanted = Q()
    for code in spoken:
        wanted |= Q(**{f"{at}language": code}) | Q(
            **{f"{at}translated_into__contains": f" {code} "}
        )
    return wanted


def unreadable(kind: str, narrowing: Mapping[str, str], spoken: Sequence[str]) -> int:
    """How many of a list stand in other languages alone, a hundred at most. Remembered."""
    key = ("unreadable", kind, *sorted(narrowing.items()), *spoken)
    rows = listed(kind, narrowing).exclude(readable_in(spoken)).order_by()
    return remembered(key, lambda: rows.values("pk")[:MOST_UNREADABLE].count())


def in_order(ids: list[int], rows: QuerySet[Any] | None = None) -> list[Any]:
    """Listed contributions by their ids, in the order given. Their state is looked at here: in
    the query, a SQLite without statistics would rather walk through everything published."""
    some = Contribution.objects.for_lists() if rows is None else rows
    by_id = {row.pk: row for row in some.filter(pk__in=ids) if row.state == State.PUBLISHED}
    return [by_id[pk] for pk in ids if pk in by_id]


def _bridge(kind: str, narrowing: Mapping[str, str]) -> QuerySet[ContextTerm] | None:
    """The rows of the bridge that lead to what is listed, entered where it is likely thinnest;
    None when no term narrows. A rare term would cost a walk through the whole table otherwise."""
    keys = [f"{name}:{narrowing[name]}" for name in THINNEST_FIRST if narrowing.get(name)]
    if not keys:
        return None
    rows = ContextTerm.objects.filter(term_id=keys[0], kind=kind, state=State.PUBLISHED)
    for key in keys[1:]:
        rows = rows.filter(_placed_at(key, "contribution_id"))
    if narrowing.get("language"):
        rows = rows.filter(language=narrowing["language"])
    if narrowing.get("waiting"):
        open_ones = Contribution.objects.filter(pk=OuterRef("contribution_id"), closed_at=None)
        rows = rows.filter(Exists(open_ones.filter(reply_count=0)))
    if narrowing.get("sort"):
        rows = rows.filter(contribution__notice__sort=narrowing["sort"])
    return rows


def _newest_ids(kind: str, narrowing: Mapping[str, str]) -> QuerySet[Any]:
    bridge = _bridge(kind, narrowing)
    if bridge is None:
        newest = listed(kind, narrowing).order_by("-published_at", "-id")
        return newest.values("pk")[:COUNTED_AT_MOST]
    newest_first = bridge.order_by("-published_at", "-contribution_id")
    return newest_first.values("contribution_id")[:COUNTED_AT_MOST]


@dataclass(frozen=True)
class Answered:
    """Of so many questions so many had an answer by somebody else within so many days."""

    asked: int
    answered: int
    days: int

    @property
    def can_be_told(self) -> bool:
        """A share of fewer than five says more about one of them than about all."""
        return self.asked >= FEWEST_TOLD

    @property
    def percent(self) -> int | None:
        """Whole percents, never rounded up to all of them; None where nobody asked."""
        return 100 * self.answered // self.asked if self.asked else None


def answered_within(*, days: int, of_last: int = 90) -> Answered:
    """How soon people hear: of the questions of the last `of_last` days, those left out that are
    younger than `days`. The one figure that everybody may see; remembered until something changes."""
    return remembered(("answered_within", days, of_last), lambda: _answered_within(days, of_last))


def _answered_within(days: int, of_last: int) -> Answered:
    moment, soon = now(), timedelta(days=days)
    asked = Contribution.objects.public().filter(
        kind="question", published_at__gt=moment - timedelta(days=of_last) - soon
    )
    asked = asked.filter(published_at__lte=moment - soon).exclude(origin="starter").order_by()
    in_time = Q(first_reply_at__lte=F("published_at") + soon)
    found = asked.aggregate(asked=Count("pk"), answered=Count("pk", filter=in_time))
    return Answered(found["asked"], found["answered"], days)


def term_counts(kind: str, vocabulary: str, narrowing: Mapping[str, str]) -> dict[str, int]:
    """How many listed contributions each word of a vocabulary places, under the other narrowings
    (its own left out). Counted over the newest 5,000, so that a broad list stays quick."""
    others = {name: slug for name, slug in narrowing.items() if name != vocabulary}
    key = ("term_counts", kind, *sorted(others.items()))
    counts = remembered(key, lambda: _all_counts(kind, others))
    return dict(counts.get(vocabulary, {}))


def _all_counts(kind: str, narrowing: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Every vocabulary at once: the bridge is gone through one time for all facets."""
    rows = (
        ContextTerm.objects.filter(contribution_id__in=_newest_ids(kind, narrowing))
        .values_list("term_id")
        .annotate(n=Count("id"))
    )
    counts: dict[str, dict[str, int]] = {}
    for key, n in rows:
        name, _colon, slug = key.partition(":")
        counts.setdefault(name, {})[slug] = n
    return counts


def newest_of_term(term_key: str, kind: str, size: int = 5) -> list[Contribution]:
    """The newest listed contributions of a kind that a term places."""
    key = ("newest_of_term", term_key, kind, size)
    return list(remembered(key, lambda: _newest_of_term(term_key, kind, size)))


def _newest_of_term(term_key: str, kind: str, size: int) -> list[Contribution]:
    ids = (
        ContextTerm.objects.filter(term_id=term_key, kind=kind, state=State.PUBLISHED)
        .order_by("-published_at", "-contribution_id")
        .values_list("contribution_id", flat=True)
    )
    return in_order(list(ids[:size]))


def _placed_at(term_key: str, on: str) -> Exists:
    return Exists(ContextTerm.objects.filter(contribution_id=OuterRef(on), term_id=term_key))

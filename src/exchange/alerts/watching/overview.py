"""Everything a member follows, a page at a time, each with the rule that holds and why, in words.
Called by the views of this matter, and by commands that come by mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.alerts.digests.times import zone_of
from exchange.alerts.models import Level, Watch, Wishes
from exchange.alerts.rules import of_new
from exchange.alerts.watching import queries, rules, words
from exchange.contributions import kinds
from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow, SavedSearch
from exchange.core.words import day
from exchange.members.models import Member

A_PAGE = 20
# Where a place of each kind has a page of its own.
_PAGES = {
    Watch.Kind.TOPIC: "pages:topic",
    Watch.Kind.COUNTRY: "pages:country",
    Watch.Kind.HUB: "library:hub-shelf",
    Watch.Kind.PERSON: "pages:profile",
}


@dataclass(frozen=True)
class Followed:
    """One thing somebody follows. `sort` is "watch", "contribution" or "search"."""

    sort: str
    pk: int
    name: str
    what: str
    rule: str
    level: str
    url: str = ""
    language: str = ""


@dataclass(frozen=True)
class Overview:
    """One page of it."""

    rows: list[Followed]
    page: int
    pages: int
    # Whether questions they can help with are among all of it.
    has_help: bool


def overview(member: Member, wishes: Wishes, *, page: int = 1) -> Overview:
    """Places and searches first, then what they wrote, answered or chose to follow."""
    page = max(1, page)
    watches = [one for one in queries.of_member(member) if one.level != Level.OFF]
    searches = list(SavedSearch.objects.of(member).filter(stopped_at=None))
    visible = Contribution.objects.visible_to(member).public()
    follows = Follow.objects.filter(member=member, contribution__in=visible)
    follows = follows.exclude(level=Follow.Level.OFF).order_by("-at", "-pk")
    first = len(watches) + len(searches)
    total, rest = _slice(follows, first, page)
    pages = max(1, -(-(first + total) // A_PAGE))
    if page > pages:
        page = pages
        total, rest = _slice(follows, first, page)
    people = words.people_of(watches)
    ahead = [
        *(_of_watch(one, wishes, people) for one in watches),
        *(_of_search(one, wishes) for one in searches),
    ][(page - 1) * A_PAGE : page * A_PAGE]
    rows = [*ahead, *(_of_follow(one, wishes) for one in rest)]
    has_help = any(one.kind == Watch.Kind.HELP for one in watches)
    return Overview(rows, page, pages, has_help)


def _slice(follows: QuerySet[Follow], first: int, page: int) -> tuple[int, list[Follow]]:
    """How many there are in all, and those of one page, in one question where that is possible.
    `first`: how many other rows stand before them."""
    begin, end = max(0, (page - 1) * A_PAGE - first), max(0, page * A_PAGE - first)
    counted = follows.select_related("contribution").annotate(of=Window(Count("pk")))
    rows: list[Any] = list(counted[begin:end])
    return (rows[0].of if rows else follows.count()), rows


def when_digests_come(wishes: Wishes) -> str:
    """ "in your weekly digest", for the middle of a sentence."""
    return {
        Wishes.Rhythm.DAILY: _("in your daily digest"),
        Wishes.Rhythm.WEEKLY: _("in your weekly digest"),
        Wishes.Rhythm.MONTHLY: _("in your monthly digest"),
    }[Wishes.Rhythm(wishes.rhythm)]


def rule_of_follow(follow: Follow, wishes: Wishes) -> str:
    """How answers to one contribution are told, and why."""
    why = follow.get_why_display()
    if follow.level == Follow.Level.OFF:
        return _("You hear nothing of it, because you chose so.")
    if follow.level == Follow.Level.EACH:
        said = _("You hear each answer by e-mail, because %(why)s.") % {"why": why}
    else:
        where = when_digests_come(wishes)
        said = _("Answers come %(where)s, because %(why)s.") % {"where": where, "why": why}
    return _at_present(said, wishes)


def rule_of_watch(watch: Watch, wishes: Wishes, people: dict[str, str] | None = None) -> str:
    """How what is new at a place is told, and why."""
    return rule_because(watch.level, words.why(watch, people), wishes)


def rule_because(level: str, why: str, wishes: Wishes) -> str:
    """The same for any reason."""
    if level == Level.EACH:
        said = _("You hear of each by e-mail, because %(why)s.") % {"why": why}
    else:
        where = when_digests_come(wishes)
        said = _("It comes %(where)s, because %(why)s.") % {"where": where, "why": why}
    return _at_present(said, wishes)


def _at_present(said: str, wishes: Wishes) -> str:
    """What is stopped or paused altogether goes before every single rule."""
    if wishes.stopped_at is not None:
        return _("Nothing now: you stopped all mail. When you start again: %(rule)s") % {
            "rule": said
        }
    if wishes.is_paused and wishes.paused_until:
        until = wishes.paused_until.astimezone(zone_of(wishes))
        return _("Nothing until %(day)s: you paused all mail. After that: %(rule)s") % {
            "day": day(until),
            "rule": said,
        }
    return said


def _of_watch(watch: Watch, wishes: Wishes, people: dict[str, str]) -> Followed:
    return Followed(
        "watch",
        watch.pk,
        words.name_of(watch, people),
        "" if watch.kind == Watch.Kind.HELP else watch.get_kind_display(),
        rule_of_watch(watch, wishes, people),
        watch.level,
        url_of(watch),
    )


def url_of(watch: Watch) -> str:
    """The page of the place, if it has one."""
    if watch.kind == Watch.Kind.HELP:
        return reverse("contributions:question-list")
    page = _PAGES.get(Watch.Kind(watch.kind))
    value = watch.value.lower() if watch.kind == Watch.Kind.COUNTRY else watch.value
    return reverse(page, args=[value]) if page else ""


def _of_search(search: SavedSearch, wishes: Wishes) -> Followed:
    why = _("you asked us to watch this search")
    return Followed(
        "search",
        search.pk,
        search.name,
        _("search"),
        rule_because(search.level, why, wishes),
        search.level,
        reverse("discovery:saved"),
    )


def _of_follow(follow: Follow, wishes: Wishes) -> Followed:
    row = follow.contribution
    return Followed(
        "contribution",
        row.pk,
        row.title,
        str(kinds.get(row.kind).label),
        rule_of_follow(follow, wishes),
        follow.level,
        row.get_absolute_url(),
        row.language,
    )


def looking_at(member: Member, row: Contribution, watches: Sequence[Watch]) -> list[Watch]:
    """All watches of a member that look at one contribution, the one that decides first."""
    here = queries.place(row)
    suits = rules.suits(member, row, watches)
    looking = [one for one in watches if one.level != Level.OFF and here.is_at(one, suits=suits)]
    best = of_new(here, follow=None, watches=looking, suits=suits).watch
    return sorted(looking, key=lambda one: one is not best)

"""The parts of the first page: which rows stand in each, and how each is named.
Called by the queries of this room."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.contributions.cards import Card, cards
from exchange.contributions.models import Contribution
from exchange.core import words
from exchange.webinars.planning import queries as planning
from exchange.webinars.planning.showing import webinar_cards

FEW = 4
Rows = dict[str, list[Contribution]]


@dataclass(frozen=True)
class Part:
    """One part: its code, its title, the newest of it and the way to all of it."""

    code: str
    title: str
    icon: str
    cards: list[Card]
    url: str = ""
    label: str = ""


def rows() -> Rows:
    """The newest of each part, all in one question to the database: each arm finds its few by an
    index, and neither database sorts the whole table."""
    picked = _picked()
    arms = [
        Contribution.objects.for_lists().filter(pk__in=some.values("pk"))
        for some in picked.values()
    ]
    found: Rows = {code: [] for code in picked}
    for row in arms[0].union(*arms[1:], all=True):
        found[_part_of(row)].append(row)
    for code, some in found.items():
        # Who waits longest stands first; of the others the newest.
        some.sort(key=lambda one: (one.published_at, one.pk), reverse=code != "waiting")
    return found


def part(code: str, found: Rows, resources: int) -> Part:
    """One part as the page shows it."""
    title, icon, listing, label = _named(code, resources)
    url = reverse(listing) if listing else ""
    return Part(code, title, icon, _cards(code, found), url, label)


def _picked() -> dict[str, QuerySet[Contribution]]:
    listed = Contribution.objects.listed()
    # Not "more than none": SQLite would take that range from an index and sort all of them.
    questions = listed.filter(kind="question").exclude(reply_count=0).newest()
    return {
        "waiting": Contribution.objects.unanswered()[:FEW],
        "answered": questions[:3],
        "experiences": _newest(listed, "experience")[:FEW],
        "library": _newest(listed, "resource")[:FEW],
        "briefs": _newest(listed, "brief")[:2],
        "talk": _newest(listed, "idea", "discussion")[:3],
        "notices": _newest(listed, "notice")[:3],
    }


def _newest(listed: QuerySet[Contribution], *kinds: str) -> QuerySet[Contribution]:
    return listed.filter(kind__in=kinds).order_by("-published_at", "-pk")


_OF_KIND = {
    "experience": "experiences",
    "resource": "library",
    "brief": "briefs",
    "notice": "notices",
}


def _part_of(row: Contribution) -> str:
    if row.kind == "question":
        return "answered" if row.reply_count else "waiting"
    return _OF_KIND.get(row.kind, "talk")


def _cards(code: str, found: Rows) -> list[Card]:
    if code == "webinars":
        # Read each time: what is coming goes by the clock, and not by what has changed alone.
        return webinar_cards(planning.next_ones(2), with_excerpt=False)
    with_excerpt = code in ("experiences", "briefs")
    return cards(found.get(code, ()), with_kind=code == "talk", with_excerpt=with_excerpt)


def _named(code: str, resources: int) -> tuple[str, str, str, str]:
    """Title, picture, whole list and the words of the way there."""
    questions = "contributions:question-list"
    known = {
        "webinars": (_("The next webinar"), "webinar", "webinars:list", _("all webinars")),
        "waiting": (
            _("Waiting for someone who knows"),
            "question",
            questions,
            _("all questions"),
        ),
        "answered": (_("Answered"), "discussion", questions, _("all questions")),
        "experiences": (
            _("What people did"),
            "experience",
            "contributions:experience-list",
            _("all experiences"),
        ),
        "library": (
            _("New in the library"),
            "resource",
            "library:resource-list",
            _("all %(n)s") % {"n": words.number(resources)},
        ),
        "briefs": (_("In short"), "brief", "briefings:briefs", _("all briefs")),
        "talk": (_("Ideas and discussions"), "idea", "", ""),
        "notices": (
            _("What is coming"),
            "notice",
            "contributions:notice-list",
            _("all notices"),
        ),
        "topics": (_("By topic"), "hub", "pages:topics", _("all topics")),
    }
    return known[code]

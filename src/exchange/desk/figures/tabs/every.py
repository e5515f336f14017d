"""The pages in their order: what each is called, which numbers it needs, and how it is laid out.
Called by the views, the exports and the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from exchange.desk.figures import queries
from exchange.desk.figures.periods import Period
from exchange.desk.figures.tables import TREND, Both, Part
from exchange.desk.figures.tabs import people, rooms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Tab:
    """One page."""

    slug: str
    label: _StrPromise
    parts: Callable[[Both], list[Part]]
    names: tuple[str, ...]


_TIMES = ("asked", "asked.answered", "asked.half", "asked.ninety")
_HEAD = ("people", "people.new", *_TIMES, "shared", "records", "used", "webinars")
TABS = (
    Tab("overview", _("Overview"), people.overview, (*_HEAD, "letters.delivered")),
    Tab(
        "answers",
        _("Answers"),
        people.answers,
        (
            *(*_TIMES, "asked.hosts", "asked.in72", "asked.late", "asked.none", "asked.solved"),
            *("answers", "answers.hosts", "helped"),
        ),
    ),
    Tab(
        "people",
        _("People"),
        people.people,
        (
            *("people", "people.new", "people.returning", "people.hosts", "people.asked"),
            *("people.answered", "people.shared", "people.helped", "people.used"),
            "people.presented",
        ),
    ),
    Tab("library", _("Library"), rooms.library, ("records", "used", "done", "shared")),
    Tab(
        "webinars",
        _("Webinars"),
        rooms.webinars,
        (
            *("webinars", "webinars.seats", "webinars.came", "webinars.asked"),
            *("webinars.answered", "webinars.recordings", "webinars.summaries"),
        ),
    ),
    Tab(
        "mail",
        _("Mail"),
        rooms.mail,
        (
            *("mail.went", "mail.back", "mail.stopped", "mail.failed", "mail.waits", "mail.came"),
            *("mail.taken", "replies", "replies.mail", "shared", "shared.mail", "shared.people"),
            *("editions", "letters.went", "letters.delivered", "letters.back", "letters.held"),
            *("subscribers.new", "subscribers.stopped"),
        ),
    ),
    Tab("languages", _("Languages"), rooms.languages, ("written",)),
    Tab(
        "hosts",
        _("Our work"),
        rooms.hosts,
        (
            *("decisions", "waits", "waits.half", "waits.ninety"),
            *("concerns", "cases", "cases.seen", "cases.half"),
        ),
    ),
)
_BY_SLUG = {tab.slug: tab for tab in TABS}


def find(slug: str) -> Tab | None:
    return _BY_SLUG.get(slug)


def laid_out(tab: Tab, period: Period) -> list[Part]:
    """The tables of one page."""
    return tab.parts(both(period, tab.names))


def both(period: Period, names: tuple[str, ...]) -> Both:
    """A period with the year that leads to it, and as long a time before."""
    return Both(
        now=queries.book(period, names, leading=TREND),
        before=queries.book(period.before, names),
    )


def everything(period: Period) -> list[Part]:
    """All tables of all pages."""
    return [part for tab in TABS for part in laid_out(tab, period)]

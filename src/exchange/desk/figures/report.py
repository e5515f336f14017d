"""One page for a funder: five figures, three charts, how they are counted; and the same as text.
Called by the views. It quotes nobody and names nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.core import words
from exchange.core.time import now
from exchange.desk.figures import charts, periods, tables
from exchange.desk.figures.periods import Period
from exchange.desk.figures.tables import HOURS, PERCENT, Asked, Both, Part, Shown
from exchange.desk.figures.tabs import every, people

WIDE = 300
NAMES = (
    *("people", "people.new", "asked", "asked.answered", "asked.half", "asked.ninety"),
    *("shared", "used"),
)


@dataclass(frozen=True)
class Figure:
    """One of the five: what it is, the number, what it was before, and how it is counted."""

    label: str
    now: Shown
    before: Shown
    how: str


@dataclass(frozen=True)
class Report:
    """The page."""

    period: Period
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    made_on: str

    @property
    def charts(self) -> list[tuple[str, SafeString]]:
        """Small enough that all of them stand on one sheet."""
        return [(part.title, charts.sized(part.chart, WIDE)) for part in self.parts]

    @property
    def text(self) -> str:
        """The same to copy into a mail."""
        lines = [f"{_('The Exchange in figures')}: {self.period.label}", ""]
        before = self.period.before.label
        lines += [
            f"{one.label}: {one.now.said} ({before}: {one.before.said})" for one in self.figures
        ]
        lines += ["", *dict.fromkeys(one.how for one in self.figures), ""]
        still = periods.so_far(self.period)
        lines += [*([still] if still else []), f"{self.made_on}. {settings.BASE_URL}"]
        return "\n".join(lines)


def report(period: Period) -> Report:
    """All of it, in the language of this moment."""
    both = every.both(period, NAMES)
    return Report(
        period=period,
        figures=tuple(_figures(both)),
        parts=(
            people.people_by_month(both),
            people.questions_by_month(both),
            people.time_by_month(both),
        ),
        made_on=_("Counted on %(day)s") % {"day": words.day(now())},
    )


def _figures(both: Both) -> list[Figure]:
    def figure(asked: Asked, how: str) -> Figure:
        shown = tables.number(both.now, asked), tables.number(both.before, asked)
        return Figure(asked.label, *shown, how)

    return [
        figure(
            Asked(_("People who contributed"), "people"),
            _("Members who wrote, answered, marked, used or presented; hosts are not counted."),
        ),
        figure(Asked(_("Questions asked"), "asked"), _("Questions that can be read today.")),
        figure(
            Asked(_("Questions with an answer"), "asked.answered", unit=PERCENT, of="asked"),
            _("An answer is one by somebody else than who asked."),
        ),
        figure(
            Asked(_("Half had an answer within"), "asked.half", unit=HOURS),
            _("Of all questions of the time, those without an answer last."),
        ),
        figure(
            Asked(_("Experiences shared"), "shared", "kind:experience"),
            _("Experiences that were published in this time and can be read today."),
        ),
    ]

"""Imports and sources as the hosts' pages show them.
Called by views and the desk's line; hosts alone read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.library.bringing.actions import OPEN
from exchange.library.importing import Outcome
from exchange.library.models import HarvestSource, ImportRun, Resource
from exchange.library.rules import without_formula

ROWS_A_PAGE = 50
RUNS_SHOWN = 30


@dataclass(frozen=True)
class Line:
    """One row of the report, ready to be shown."""

    number: int
    outcome: str
    label: str
    title: str
    said: str
    words: tuple[str, ...]
    url: str
    is_open: bool
    is_ticked: bool


@dataclass(frozen=True)
class Tally:
    """How many rows became one thing."""

    outcome: str
    label: str
    count: int


@dataclass(frozen=True)
class Look:
    """One page of a report."""

    lines: tuple[Line, ...]
    tallies: tuple[Tally, ...]
    page: int
    pages: int


def runs() -> QuerySet[ImportRun]:
    """What was brought in or looked at of late, without its rows."""
    rows = ImportRun.objects.defer("records", "report").select_related("by", "source")
    return rows.order_by("-at", "-pk")[:RUNS_SHOWN]


def runs_of(source: HarvestSource) -> QuerySet[ImportRun]:
    rows = ImportRun.objects.filter(source=source).defer("records", "report")
    return rows.select_related("by").order_by("-at", "-pk")[:RUNS_SHOWN]


def look(run: ImportRun, *, show: str, page: int) -> Look:
    """A page of the report, of one outcome or of all."""
    report = [line for line in run.report if not show or line["o"] == show]
    pages = max(1, -(-len(report) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    some = report[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    return Look(_lines(some, bool(run.records)), tallies(run), page, pages)


def tallies(run: ImportRun) -> tuple[Tally, ...]:
    labels = outcomes()
    return tuple(
        Tally(one.value, labels[one], run.counts[one.value])
        for one in Outcome
        if run.counts.get(one.value)
    )


def outcomes() -> dict[Outcome, str]:
    """What rows are or became, as hosts read it."""
    return {
        Outcome.NEW: _("new"),
        Outcome.SAME: _("here already"),
        Outcome.CHANGED: _("says something else"),
        Outcome.WRONG: _("wrong"),
        Outcome.KEPT_BACK: _("kept back by a host"),
        Outcome.TWIN: _("perhaps here already"),
        Outcome.NEEDS: _("says too little"),
        Outcome.GONE: _("deleted there"),
        Outcome.BROUGHT: _("brought in"),
        Outcome.UPDATED: _("record changed"),
        Outcome.HELD: _("held for a host to read"),
    }


def table(run: ImportRun, address_of: Any) -> list[list[str]]:
    """The whole report, a heading and a line for each row; no cell is a formula."""
    heading = [_("row"), _("what became of it"), _("title"), _("address"), _("words")]
    lines = (
        [
            str(one.number),
            one.label,
            without_formula(one.title),
            address_of(one.url) if one.url else "",
            without_formula("; ".join(one.words)),
        ]
        for one in _lines(run.report, can_bring=False)
    )
    return [heading, *lines]


def _lines(report: list[dict[str, Any]], can_bring: bool) -> tuple[Line, ...]:
    labels = {outcome.value: label for outcome, label in outcomes().items()}
    pks = [line["pk"] for line in report if line.get("pk")]
    urls, sealed = _addresses(pks), _sealed(pks)
    report = [_without_words(line) if line.get("pk") in sealed else line for line in report]
    return tuple(
        Line(
            number=line["n"],
            outcome=line["o"],
            label=labels.get(line["o"], line["o"]),
            title=line["t"],
            said=line.get("s", ""),
            words=tuple(line["w"]),
            url=urls.get(line.get("pk"), ""),
            is_open=can_bring and line["o"] in OPEN,
            is_ticked=line["o"] == Outcome.NEW,
        )
        for line in report
    )


def _sealed(pks: list[int]) -> set[int]:
    rows: Any = Resource.objects.exclude(sealed_at=None)
    return {
        pk
        for start in range(0, len(pks), 500)
        for pk in rows.filter(pk__in=pks[start : start + 500]).values_list("pk", flat=True)
    }


def _without_words(line: dict[str, Any]) -> dict[str, Any]:
    """Of what is sealed the report says what became of its row, and nothing else."""
    return {**line, "t": "…", "s": "", "w": []}


def _addresses(pks: list[int]) -> dict[int | None, str]:
    """Of records that are still there and not sealed."""
    found: dict[int | None, str] = {}
    for start in range(0, len(pks), 500):
        some: Any = Resource.objects.filter(pk__in=pks[start : start + 500], sealed_at=None)
        for pk, slug in some.values_list("pk", "slug"):
            found[pk] = reverse("library:resource-page", args=[pk, slug or "-"])
    return found

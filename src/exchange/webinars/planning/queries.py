"""Reads of planning: what is coming and what was, narrowed; what a host must look at; who presents.
Called by the views of planning, and by the home, place and profile pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from exchange.contributions.rules import may_contribute
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars import queries
from exchange.webinars.models import Phase, Presenter, Series, TeamMember, Webinar
from exchange.webinars.rules import NOBODY, Roles

FACETS = ("language", "hub", "series", "topic")
PAGE = 20
COUNTED_AT_MOST = 5_000
# What should have begun stays under "coming" for so long: people look for it there.
_STILL_COMING = timedelta(hours=3)
_FACTS = ("pk", "phase", "starts_at", "spoken", "hub", "topics", "series__slug", "series__title")


@dataclass(frozen=True)
class Listed:
    """One page of the list and what it can be narrowed by."""

    coming: list[Webinar]
    past: list[Webinar]
    page: int
    pages: int
    counts: dict[str, dict[str, int]]
    series: dict[str, str] = field(default_factory=dict)


def listed(narrowing: Mapping[str, str], *, page: int = 1) -> Listed:
    """What everybody may see: coming soonest first, past newest first. Two questions: the facts of
    all, counted here, and the rows of this page."""
    facts = _facts()
    inside = [fact for fact in facts if _passes(fact, narrowing)]
    moment = now()
    ahead = [fact["pk"] for fact in inside if _is_ahead(fact, moment)]
    past = [fact["pk"] for fact in reversed(inside) if _is_past(fact, moment)]
    pages = max(1, -(-len(past) // PAGE))
    page = min(max(page, 1), pages)
    shown = past[(page - 1) * PAGE : page * PAGE]
    rows = _rows([*(ahead if page == 1 else []), *shown])
    return Listed(
        coming=[rows[pk] for pk in ahead if pk in rows],
        past=[rows[pk] for pk in shown if pk in rows],
        page=page,
        pages=pages,
        counts={facet: _counted(facet, facts, narrowing) for facet in FACETS},
        series={fact["series__slug"]: fact["series__title"] for fact in facts},
    )


def for_its_page(pk: int, reader: Member | None) -> Webinar | None:
    """One webinar with all that its page reads of it in one question: its series, its record, its
    summary, and which tasks this reader has in it (`own_lead` and so on)."""
    rows = queries.numbered(queries.visible(reader), pk)
    rows = rows.select_related("series", "record", "summary_row")
    if reader is not None:
        own = TeamMember.objects.filter(webinar_id=OuterRef("pk"), member=reader)
        tasks = TeamMember.Task
        rows = rows.annotate(
            own_lead=Exists(own.filter(task=tasks.LEAD)),
            own_helper=Exists(own.filter(task=tasks.HELPER)),
            own_writer=Exists(own.filter(task=tasks.WRITER)),
        )
    found: Webinar | None = rows.first()
    return found


def roles_on_page(
    webinar: Webinar, reader: Member | None, presenters: Iterable[Presenter]
) -> Roles:
    """What they are in a webinar that was read for its page; asks the database nothing."""
    if reader is None or not may_contribute(reader):
        return NOBODY
    return Roles(
        is_host=reader.is_host,
        is_lead=getattr(webinar, "own_lead", False),
        is_helper=getattr(webinar, "own_helper", False),
        is_writer=getattr(webinar, "own_writer", False),
        is_presenter=any(one.member_id == reader.pk for one in presenters),
    )


def of_series(series: Series) -> tuple[list[Webinar], list[Webinar]]:
    """What is coming and what was, of one series."""
    rows = queries.visible(None).listed().filter(series=series).select_related("series")
    moment = now()
    found = list(rows.order_by("starts_at", "pk")[:200])
    ahead = [row for row in found if _is_ahead(_fact(row), moment)]
    return ahead, [row for row in reversed(found) if row not in ahead]


def next_ones(count: int, *, hub: str = "") -> list[Webinar]:
    """The next that take place, a live one first: for the home page; of one hub alone for its."""
    since = now() - _STILL_COMING
    rows = queries.visible(None).listed().for_lists()
    coming = rows.filter(
        Q(phase=Phase.LIVE) | Q(phase__in=(Phase.ANNOUNCED, Phase.OPEN), starts_at__gte=since)
    )
    near = coming.filter(hub=hub) if hub else coming
    return list(near.order_by("starts_at", "pk")[:count])


def presented_by(member: Member, count: int = 5) -> list[Webinar]:
    """Where they agreed to speak and to be named, the newest first."""
    theirs = Presenter.objects.filter(
        member=member, answer=Presenter.Answer.AGREED, may_be_named=True
    )
    rows = queries.visible(None).listed().for_lists()
    return list(rows.filter(pk__in=theirs.values("webinar_id")).order_by("-starts_at")[:count])


@dataclass(frozen=True)
class AtTheDesk:
    """What hosts have on their hands."""

    live: list[Webinar]
    coming: list[Webinar]
    drafts: list[Webinar]
    to_finish: list[Webinar]


def at_the_desk(host: Member) -> AtTheDesk:
    """Live, coming, not announced, and over without being summed up."""
    seen = queries.visible(host).exclude(state__in=("withdrawn", "sealed"))
    found = list(seen.exclude(phase=Phase.SUMMED).order_by("starts_at", "pk")[:300])
    live = [row for row in found if row.phase == Phase.LIVE]
    drafts = [row for row in found if row.published_at is None]
    coming = [
        row for row in found if row not in drafts and row.phase in (Phase.ANNOUNCED, Phase.OPEN)
    ]
    over = [row for row in found if row.phase == Phase.OVER and row not in drafts]
    return AtTheDesk(live, coming, drafts, list(reversed(over)))


def usual_zone() -> str:
    """The clock by which the last one was planned: most hosts plan by the same."""
    rows: Any = Webinar.objects
    found: str = rows.order_by("-pk").values_list("zone", flat=True).first() or "UTC"
    return found


@dataclass(frozen=True)
class Readiness:
    """What is still missing before the hour, as codes the page says in words."""

    presenters: list[Presenter]
    team: list[TeamMember]
    missing: list[str]


def readiness(webinar: Webinar) -> Readiness:
    presenters = list(webinar.presenters.select_related("member"))
    team = list(webinar.team.select_related("member").order_by("task", "pk"))
    tasks = {one.task for one in team}
    answers = {one.answer for one in presenters}
    checks = {
        "no-presenter": Presenter.Answer.AGREED not in answers,
        "not-answered": Presenter.Answer.ASKED in answers,
        "no-helper": TeamMember.Task.HELPER not in tasks,
        "no-writer": TeamMember.Task.WRITER not in tasks,
        "no-way": webinar.engine == "none" and not webinar.has_sound,
        "no-lane": not webinar.lanes.exists(),
        "not-recorded": webinar.is_recorded and _one_says_no(presenters),
    }
    return Readiness(presenters, team, [code for code, is_so in checks.items() if is_so])


def presenter_of(key: str) -> Presenter | None:
    """The page of a presenter by its key, while its webinar is neither sealed nor withdrawn."""
    rows = Presenter.objects.select_related("webinar", "webinar__series", "member")
    found = rows.filter(key=key, webinar__sealed_at=None).exclude(member__is_active=False).first()
    if found is None or found.webinar.state in ("withdrawn", "held", "sealed"):
        return None
    return found


def _one_says_no(presenters: Iterable[Presenter]) -> bool:
    agreed = Presenter.Answer.AGREED
    return any(one.answer == agreed and not one.may_be_recorded for one in presenters)


def _facts() -> list[dict[str, Any]]:
    rows = queries.visible(None).listed().order_by("starts_at", "pk")
    return list(rows.values(*_FACTS)[:COUNTED_AT_MOST])


def _fact(row: Webinar) -> dict[str, Any]:
    return {"phase": row.phase, "starts_at": row.starts_at}


def _rows(pks: list[int]) -> dict[int, Webinar]:
    found: dict[int, Webinar] = (
        queries.visible(None).listed().for_lists().select_related("series").in_bulk(pks)
    )
    return found


def _is_ahead(fact: Mapping[str, Any], moment: datetime) -> bool:
    if fact["phase"] == Phase.LIVE:
        return True
    waits = fact["phase"] in (Phase.ANNOUNCED, Phase.OPEN, Phase.CANCELLED)
    return waits and fact["starts_at"] >= moment - _STILL_COMING


def _is_past(fact: Mapping[str, Any], moment: datetime) -> bool:
    """What took place; what was called off leaves the list with its hour."""
    return not _is_ahead(fact, moment) and fact["phase"] != Phase.CANCELLED


def _words(facet: str, fact: Mapping[str, Any]) -> list[str]:
    if facet == "language":
        return str(fact["spoken"]).split()
    if facet == "topic":
        return str(fact["topics"]).split()
    word = fact["hub"] if facet == "hub" else fact["series__slug"]
    return [word] if word else []


def _passes(fact: Mapping[str, Any], narrowing: Mapping[str, str], without: str = "") -> bool:
    return all(word in _words(facet, fact) for facet, word in narrowing.items() if facet != without)


def _counted(
    facet: str, facts: list[dict[str, Any]], narrowing: Mapping[str, str]
) -> dict[str, int]:
    """A facet's own choice does not narrow its own counts."""
    counts: dict[str, int] = {}
    for fact in facts:
        if _passes(fact, narrowing, without=facet):
            for word in _words(facet, fact):
                counts[word] = counts.get(word, 0) + 1
    return counts

"""The snapshot of an hour for one reader: what is said, asked and chosen, in four questions to the
database. Called by the views of the live page; nothing that is hidden or waits is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from exchange.contributions.rules import may_contribute
from exchange.core.languages import direction
from exchange.members.models import Member
from exchange.webinars.lanes.queries import LAST_LINES, own_name
from exchange.webinars.models import (
    Asked,
    AskedVote,
    Ballot,
    Hand,
    Lane,
    Line,
    LiveCount,
    LiveEvent,
    Poll,
    Presenter,
    Said,
    Seat,
    Slide,
    TeamMember,
    Webinar,
)
from exchange.webinars.queries import numbered, visible
from exchange.webinars.rules import NOBODY, Roles

FIRST_QUESTIONS, MOST_QUESTIONS = 30, 200
LAST_SAID = 12
MOST_POLLS = 6
Task = TeamMember.Task


@dataclass(frozen=True)
class Words:
    """A line of a lane, or of the chat."""

    pk: int
    text: str
    language: str
    who: str
    at: datetime | None

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True)
class LaneHere:
    """A lane one may choose."""

    language: str
    is_chosen: bool

    @property
    def name(self) -> str:
        return own_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True)
class Choice:
    """One choice of a poll, how many chose it, and whether it is the reader's."""

    number: int
    text: str
    count: int
    is_mine: bool


@dataclass(frozen=True)
class PollHere:
    """A poll with its counts."""

    pk: int
    text: str
    language: str
    is_open: bool
    shows_counts: bool
    choices: list[Choice]

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass
class Snapshot:
    """Everything that the live page shows."""

    seq: int
    lanes: list[LaneHere] = field(default_factory=list)
    lane: LaneHere | None = None
    lines: list[Words] = field(default_factory=list)
    chat: list[Words] = field(default_factory=list)
    slide: dict[str, Any] | None = None
    word: dict[str, Any] | None = None
    questions: list[Asked] = field(default_factory=list)
    more_questions: bool = False
    polls: list[PollHere] = field(default_factory=list)
    hand_is_up: bool = False
    people: int = 0
    seats: int = 0


def entered(pk: int, reader: Member | None) -> tuple[Webinar, Roles] | None:
    """The webinar if they may see it, with what changes beside it (`live_…`), and what they are in
    it: one question to the database. The number of the last event is read with the rest, so that
    whatever is told later is told again."""
    member = reader if reader is not None and may_contribute(reader) else None
    rows = numbered(visible(reader), pk)
    found = rows.annotate(**_beside(), **_tasks(member)).first()
    if found is None:
        return None
    if member is None:
        return found, NOBODY
    return found, Roles(
        is_host=member.is_host,
        is_lead=found.live_lead,
        is_helper=found.live_helper,
        is_writer=found.live_writer,
        is_presenter=found.live_presenter,
    )


def _beside() -> dict[str, Any]:
    counts = LiveCount.objects.filter(webinar=OuterRef("pk")).values("seq")
    here = Seat.objects.taken().filter(webinar=OuterRef("pk"), came_at__isnull=False)
    people = here.order_by().values("webinar")
    slides = Slide.objects.out().filter(webinar=OuterRef("pk")).order_by("-shown_at")
    # What the team says to everybody stands in its last event alone.
    words = LiveEvent.objects.filter(webinar=OuterRef("pk"), kind="word").order_by("-seq")
    told = JSONObject(
        pk="pk",
        n="number",
        title="title",
        text="text",
        lang="language",
        picture="picture",
        bytes="picture_bytes",
    )
    return {
        "live_seq": Coalesce(Subquery(counts[:1]), Value(0)),
        "live_people": Subquery(
            people.annotate(n=Sum(Coalesce("people_came", "people"))).values("n")[:1],
            output_field=IntegerField(),
        ),
        "live_seats": Subquery(
            people.annotate(n=Sum(Value(1))).values("n")[:1], output_field=IntegerField()
        ),
        "live_slide": Subquery(slides.values(told=told)[:1]),
        "live_word": Subquery(words.values("payload")[:1]),
    }


def _tasks(member: Member | None) -> dict[str, Any]:
    if member is None:
        return {}
    team = TeamMember.objects.filter(webinar=OuterRef("pk"), member=member)
    speaks = Presenter.objects.filter(
        webinar=OuterRef("pk"), member=member, answer=Presenter.Answer.AGREED
    )
    return {
        "live_lead": Exists(team.filter(task=Task.LEAD)),
        "live_helper": Exists(team.filter(task=Task.HELPER)),
        "live_writer": Exists(team.filter(task=Task.WRITER)),
        "live_presenter": Exists(speaks),
    }


def snapshot(
    webinar: Any, *, seat: Seat | None, tongues: Sequence[str], whole_wall: bool = False
) -> Snapshot:
    """What the page shows of a webinar that was `entered`. `tongues`: in which languages this
    person reads, the wished one first."""
    here = Snapshot(
        seq=webinar.live_seq,
        people=webinar.live_people or 0,
        seats=webinar.live_seats or 0,
        slide=webinar.live_slide,
        word=webinar.live_word,
    )
    _with_words(here, webinar, seat, list(dict.fromkeys([*tongues, *webinar.spoken_codes])))
    most = MOST_QUESTIONS if whole_wall else FIRST_QUESTIONS
    rows = list(_questions(webinar, seat)[: most + 1])
    here.questions, here.more_questions = rows[:most], len(rows) > most
    here.polls = _polls(webinar, seat)
    return here


def _questions(webinar: Webinar, seat: Seat | None) -> QuerySet[Asked]:
    """What is on the wall: what is being answered, then what most wish to hear, then what was
    answered. The reader's own stand among them also while they wait."""
    state = Asked.State
    wall = Q(state__in=Asked.ON_THE_WALL)
    if seat is not None:
        wall |= Q(seat=seat, state=state.WAITING)
    place = Case(
        When(state=state.WAITING, then=Value(0)),
        When(state=state.ANSWERING, then=Value(1)),
        When(state=state.ANSWERED, then=Value(3)),
        default=Value(2),
        output_field=IntegerField(),
    )
    voices = AskedVote.objects.filter(asked=OuterRef("pk"), seat=seat)
    mine: Any = Exists(voices) if seat is not None else Value(False)
    rows = Asked.objects.filter(wall, webinar_id=webinar.pk, sealed_at=None)
    return rows.annotate(is_mine=mine, place=place).order_by("place", "-votes", "at", "pk")


def _polls(webinar: Webinar, seat: Seat | None) -> list[PollHere]:
    """Open ones and those that closed last, with how many people chose what."""
    rows = Poll.objects.filter(webinar_id=webinar.pk).exclude(state=Poll.State.READY)
    last = rows.order_by("-opened_at", "-pk").values("pk")[:MOST_POLLS]
    columns = ("pk", "text", "language", "state", "shows_counts", "choices")
    mine: Any = Value(None, output_field=IntegerField())
    if seat is not None:
        mine = Subquery(Ballot.objects.filter(poll=OuterRef("pk"), seat=seat).values("choice")[:1])
    told = (
        Poll.objects.filter(pk__in=Subquery(last))
        .annotate(mine=mine)
        .values(*columns, "mine", "ballots__choice")
        .annotate(people=Sum("ballots__people"))
        .order_by("-pk")
    )
    return _gathered(told)


def _gathered(rows: Iterable[dict[str, Any]]) -> list[PollHere]:
    by_pk: dict[int, tuple[dict[str, Any], dict[int, int]]] = {}
    for row in rows:
        _first, counts = by_pk.setdefault(row["pk"], (row, {}))
        if row["ballots__choice"] is not None:
            counts[row["ballots__choice"]] = row["people"] or 0
    return [
        PollHere(
            pk=row["pk"],
            text=row["text"],
            language=row["language"],
            is_open=row["state"] == Poll.State.OPEN,
            shows_counts=row["shows_counts"],
            choices=[
                Choice(number, text, counts.get(number, 0), row["mine"] == number)
                for number, text in enumerate(row["choices"])
            ],
        )
        for row, counts in by_pk.values()
    ]


def _with_words(
    here: Snapshot, webinar: Webinar, seat: Seat | None, tongues: Sequence[str]
) -> None:
    """Lanes, lines, chat and the reader's hand, told apart by their first column: one question."""
    parts = [_lines(webinar, code) for code in tongues[:5]]
    parts.append(_columns("lane", Lane.objects.filter(webinar_id=webinar.pk), language="language"))
    if webinar.chat_open:
        parts.append(_said(webinar))
    if seat is not None:
        hands = Hand.objects.filter(webinar_id=webinar.pk, seat=seat, down_at=None)
        parts.append(_columns("hand", hands))
    found = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[1], row[2]))
    codes = [row[4] for row in found if row[0] == "lane"]
    chosen = next((code for code in tongues if code in codes), codes[0] if codes else "")
    here.lanes = [LaneHere(code, code == chosen) for code in codes]
    here.lane = next((lane for lane in here.lanes if lane.is_chosen), None)
    here.lines = [_words(row) for row in found if row[0] == "line" and row[4] == chosen]
    here.chat = [_words(row) for row in found if row[0] == "said"]
    here.hand_is_up = any(row[0] == "hand" for row in found)


def _words(row: Sequence[Any]) -> Words:
    return Words(pk=row[2], text=row[3], language=row[4], who=row[5], at=row[6])


def _lines(webinar: Webinar, language: str) -> QuerySet[Any, Any]:
    rows = Line.objects.shown().filter(lane__webinar_id=webinar.pk, lane__language=language)
    last = rows.order_by("-number").values("pk")[:LAST_LINES]
    return _columns(
        "line",
        Line.objects.filter(pk__in=Subquery(last)),
        number="number",
        text="text",
        language="lane__language",
        at="at",
    )


def _said(webinar: Webinar) -> QuerySet[Any, Any]:
    rows = Said.objects.filter(webinar_id=webinar.pk, state=Said.State.SHOWN, sealed_at=None)
    last = rows.order_by("-pk").values("pk")[:LAST_SAID]
    return _columns(
        "said",
        Said.objects.filter(pk__in=Subquery(last)),
        text="text",
        language="language",
        who="shown_as",
        at="at",
    )


def _columns(kind: str, rows: QuerySet[Any], **given: str) -> QuerySet[Any, Any]:
    """The same seven columns of any table: kind, number, pk, text, language, who, at."""
    words = CharField()
    empty: dict[str, Any] = {
        "w_number": Value(0, output_field=IntegerField()),
        "w_text": Value("", output_field=words),
        "w_language": Value("", output_field=words),
        "w_who": Value("", output_field=words),
    }
    named = {f"w_{name}": F(column) for name, column in given.items() if name != "at"}
    at = given.get("at", "") or ("at" if kind == "hand" else "")
    empty["w_at"] = F(at) if at else Value(None, output_field=Line._meta.get_field("at"))
    told = rows.order_by().annotate(w_kind=Value(kind, output_field=words), **{**empty, **named})
    listed: QuerySet[Any, Any] = told.values_list(
        "w_kind", "w_number", "pk", "w_text", "w_language", "w_who", "w_at"
    )
    return listed

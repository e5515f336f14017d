"""The log of what hosts decided: who, what, when, for whom; never the words or the notes.
Called by the desk's views. Keyset paged over decisions of three tables at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchange.contributions.models import Decision
from exchange.conversation.models import ReplyDecision
from exchange.desk import words
from exchange.ledger.models import Event
from exchange.members.models import Member, Pause

SIZE = 30
Key = tuple[datetime, str, int]


@dataclass(frozen=True)
class Line:
    """One decision: who, what, when, about what."""

    at: datetime
    by: str
    what: str
    about: str
    whom: str = ""
    reason: str = ""
    title: str = ""
    url: str = ""
    language: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Log:
    """A page of decisions, and the key of the next."""

    lines: list[Line]
    older: str = ""
    is_first: bool = True


@dataclass(frozen=True)
class Known:
    """What the ledger's numbers stand for: names of members, ends of pauses."""

    names: dict[int, str]
    ends: dict[int, datetime]


def log(*, after: str = "", by: int | None = None, what: str = "", size: int = SIZE) -> Log:
    """Decisions older than the key, the newest first, in five questions to the database;
    those of one host, and of one sort, where that is asked."""
    key = _read(after)
    rows = sorted(
        (
            row
            for name, source in _sources().items()
            for row in _some(_narrowed(source, name, by, what), name, key, size)
        ),
        key=_place,
        reverse=True,
    )
    shown = rows[:size]
    known = _known(shown)
    older = _written(_place(shown[-1])) if len(rows) > size else ""
    return Log([_line(row, known) for row in shown], older, is_first=key is None)


def everything(*, by: int | None = None, what: str = "") -> Iterator[Line]:
    """The whole log for a table, a thousand lines at a time."""
    after = ""
    while True:
        some = log(after=after, by=by, what=what, size=1000)
        yield from some.lines
        after = some.older
        if not after:
            return


def _sources() -> dict[str, QuerySet[Any]]:
    return {
        "answer": ReplyDecision.objects.select_related("reply__contribution"),
        "contribution": Decision.objects.select_related("contribution"),
        "event": Event.objects.filter(kind__in=words.LOGGED),
    }


def _narrowed(rows: QuerySet[Any], source: str, by: int | None, what: str) -> QuerySet[Any]:
    if source == "event":
        rows = rows.filter(actor_id=by) if by else rows
        return rows.filter(kind=what) if what else rows
    rows = rows.filter(by_id=by) if by else rows
    return rows.filter(what=what) if what else rows


def _source(row: Model) -> str:
    if isinstance(row, ReplyDecision):
        return "answer"
    return "contribution" if isinstance(row, Decision) else "event"


def _place(row: Any) -> Key:
    return (row.at, _source(row), row.pk)


def _some(rows: QuerySet[Any], source: str, key: Key | None, size: int) -> list[Any]:
    """Rows of one table that come after the key in the order of (when, source, id)."""
    if key:
        at, its_source, pk = key
        older = Q(at__lt=at)
        if source < its_source:
            older |= Q(at=at)
        elif source == its_source:
            older |= Q(at=at, pk__lt=pk)
        rows = rows.filter(older)
    return list(rows.order_by("-at", "-pk")[: size + 1])


def _known(rows: list[Any]) -> Known:
    """Who acted, who was welcomed or paused, and until when: the ledger knows numbers alone."""
    events = [row for row in rows if isinstance(row, Event)]
    ids = {row.actor_id for row in events}
    ids |= {row.subject_id for row in events if row.subject_type == "member"}
    names = {member.pk: member.shown_name for member in Member.objects.filter(pk__in=ids)}
    pauses = [row.detail["pause"] for row in events if "pause" in row.detail]
    ends = dict(Pause.objects.filter(pk__in=pauses).values_list("pk", "until"))
    return Known(names, ends)


def _line(row: Any, known: Known) -> Line:
    if isinstance(row, Event):
        return _event_line(row, known)
    is_reply = isinstance(row, ReplyDecision)
    contribution = row.reply.contribution if is_reply else row.contribution
    number = row.reply_id if is_reply else row.contribution_id
    line = Line(
        at=row.at,
        by=row.by_name,
        what=str(row.get_what_display()),
        about=f"{_source(row) if is_reply else contribution.kind} {number}",
        reason=str(row.get_reason_display()),
    )
    # What stands inside a group is named by its number alone.
    if contribution.is_inside or contribution.sealed_at or (is_reply and row.reply.sealed_at):
        return line
    return replace(
        line,
        whom=row.reply.shown_author if is_reply else contribution.shown_author,
        title=contribution.title,
        url=row.reply.get_absolute_url() if is_reply else contribution.get_absolute_url(),
        language=contribution.language,
        direction=contribution.direction,
    )


def _event_line(row: Event, known: Known) -> Line:
    of_member = row.subject_type == "member"
    whom = known.names.get(row.subject_id, "") if of_member else ""
    until = known.ends.get(int(row.detail.get("pause", 0)))
    return Line(
        at=row.at,
        by=known.names.get(row.actor_id or 0, ""),
        what=str(words.LOGGED[row.kind]),
        about=whom or f"{row.subject_type} {row.subject_id}",
        whom=whom,
        reason=_("until %(day)s") % {"day": date_format(until, "DATE_FORMAT")} if until else "",
    )


def _written(key: Key) -> str:
    at, source, pk = key
    return f"{int(at.timestamp() * 1_000_000)}.{source}.{pk}"


def _read(key: str) -> Key | None:
    """A key nobody gave out counts as none."""
    try:
        micros, source, pk = key[:60].split(".")
        seconds, rest = divmod(int(micros), 1_000_000)
        at = datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=rest)
        return (at, source, min(int(pk), 2**62)) if source in _sources() else None
    except (ValueError, OverflowError, OSError):
        return None

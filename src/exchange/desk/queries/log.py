"""The log of what hosts decided: who, what, when; ids and titles, never the words or the notes.
Called by the desk's views. Keyset paged over decisions of three tables at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from exchange.contributions.models import Decision
from exchange.conversation.models import ReplyDecision
from exchange.desk import words
from exchange.ledger.models import Event
from exchange.members.models import Member

SIZE = 30
Key = tuple[datetime, str, int]


@dataclass(frozen=True)
class Line:
    """One decision: who, what, when, about what."""

    at: datetime
    by: str
    what: str
    about: str
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


def log(*, after: str = "") -> Log:
    """Decisions older than the key, the newest first, in four questions to the database."""
    key = _read(after)
    rows = sorted(
        (row for name, source in _sources().items() for row in _some(source, name, key)),
        key=_place,
        reverse=True,
    )
    shown = rows[:SIZE]
    names = _names(shown)
    older = _written(_place(shown[-1])) if len(rows) > SIZE else ""
    return Log([_line(row, names) for row in shown], older, is_first=key is None)


def _sources() -> dict[str, QuerySet[Any]]:
    return {
        "answer": ReplyDecision.objects.select_related("reply__contribution"),
        "contribution": Decision.objects.select_related("contribution"),
        "event": Event.objects.filter(kind__in=words.LOGGED),
    }


def _source(row: Model) -> str:
    if isinstance(row, ReplyDecision):
        return "answer"
    return "contribution" if isinstance(row, Decision) else "event"


def _place(row: Any) -> Key:
    return (row.at, _source(row), row.pk)


def _some(rows: QuerySet[Any], source: str, key: Key | None) -> list[Any]:
    """Rows of one table that come after the key in the order of (when, source, id)."""
    if key:
        at, its_source, pk = key
        older = Q(at__lt=at)
        if source < its_source:
            older |= Q(at=at)
        elif source == its_source:
            older |= Q(at=at, pk__lt=pk)
        rows = rows.filter(older)
    return list(rows.order_by("-at", "-pk")[: SIZE + 1])


def _names(rows: list[Any]) -> dict[int, str]:
    """Who acted, and who was welcomed: the ledger knows numbers alone."""
    events = [row for row in rows if isinstance(row, Event)]
    ids = {row.actor_id for row in events}
    ids |= {row.subject_id for row in events if row.subject_type == "member"}
    return {member.pk: member.shown_name for member in Member.objects.filter(pk__in=ids)}


def _line(row: Any, names: dict[int, str]) -> Line:
    if isinstance(row, Event):
        about = names.get(row.subject_id, "") if row.subject_type == "member" else ""
        return Line(
            at=row.at,
            by=names.get(row.actor_id or 0, ""),
            what=str(words.LOGGED[row.kind]),
            about=about or f"{row.subject_type} {row.subject_id}",
        )
    is_reply = isinstance(row, ReplyDecision)
    contribution = row.reply.contribution if is_reply else row.contribution
    number = row.reply_id if is_reply else row.contribution_id
    about = f"{_source(row) if is_reply else contribution.kind} {number}"
    line = Line(at=row.at, by=row.by_name, what=str(row.get_what_display()), about=about)
    if contribution.sealed_at or (is_reply and row.reply.sealed_at):
        return line
    return replace(
        line,
        title=contribution.title,
        url=row.reply.get_absolute_url() if is_reply else contribution.get_absolute_url(),
        language=contribution.language,
        direction=contribution.direction,
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

"""Reading private messages: how two people stand to each other, the list, one correspondence.
Called by the actions, pages and letters of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from exchange.core.text import excerpt
from exchange.core.time import now
from exchange.corresponding import rules
from exchange.corresponding.models import Block, Choice, Correspondence, Message
from exchange.corresponding.rules import Between, Counts
from exchange.hubs.models import Membership
from exchange.members.models import Member

AT_ONCE = 30
State = Correspondence.State


@dataclass(frozen=True)
class Line:
    """One correspondence in the list."""

    row: Correspondence
    other: Member | None
    newest: str
    is_own: bool
    unread: int


@dataclass(frozen=True)
class Overview:
    """The page of all messages."""

    requests: Sequence[Line]
    talks: Sequence[Line]
    sent: Sequence[Line]
    put_away: Sequence[Line]
    more: bool
    number: int


@dataclass(frozen=True)
class Talk:
    """One correspondence as one of the two reads it."""

    row: Correspondence
    other: Member | None
    messages: Sequence[Message]
    earlier: int
    why_not: str
    has_blocked: bool
    is_request: bool
    waits: bool


def between(writer: Member, to: Member) -> Between:
    """How they stand to each other, asked anew."""
    row = Correspondence.objects.filter(pair=Correspondence.pair_of(writer, to)).first()
    return _between(writer, to, row)


def may_write_to(writer: Member, to: Member) -> bool:
    return rules.may_write_to(writer, to, between(writer, to), now())


def counts(writer: Member, to: Member, moment: datetime) -> Counts:
    """What the writer wrote lately, to all and to this person."""
    since = moment - rules.DAY
    asked = Correspondence.objects.filter(asker=writer, begun_at__gt=moment - rules.REQUEST_KEPT)
    found = asked.aggregate(
        new=Count("pk", filter=Q(begun_at__gt=since)), open=Count("pk", filter=Q(opened_at=None))
    )
    written = Message.objects.filter(writer=writer, at__gt=since)
    pair = Q(correspondence__pair=Correspondence.pair_of(writer, to))
    theirs = Message.objects.filter(pair, writer=to).order_by("-pk").values("pk")[:1]
    row = pair & Q(pk__gt=Coalesce(Subquery(theirs), 0))
    told = written.aggregate(today=Count("pk"), row=Count("pk", filter=row))
    return Counts(found["new"], found["open"], told["today"], told["row"])


def choice_of(member: Member) -> Choice:
    """Their row, or one that is not kept."""
    return Choice.objects.filter(member=member).first() or Choice(member=member)


def one(pk: int, reader: Member) -> Correspondence | None:
    rows = Correspondence.objects.visible_to(reader).select_related("asker", "asked")
    found: Correspondence | None = rows.filter(pk=pk).first()
    return found


def of_pair(one: Member, other: Member) -> Correspondence | None:
    found: Correspondence | None = Correspondence.objects.filter(
        pair=Correspondence.pair_of(one, other)
    ).first()
    return found


def talk(row: Correspondence, reader: Member, *, before: int = 0) -> Talk:
    """The newest words last. Of what does not stand, only that it was there."""
    other = row.other(reader)
    rows = row.messages.select_related("writer")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: AT_ONCE + 1])
    earlier = found[AT_ONCE - 1].pk if len(found) > AT_ONCE else 0
    shown = found[:AT_ONCE][::-1]
    stands = _between(reader, other, row) if other is not None else Between(was_ended=True)
    return Talk(
        row,
        other,
        shown,
        earlier,
        why_not=rules.why_not(reader, other, stands, now()) if other is not None else "gone",
        has_blocked=stands.has_blocked,
        is_request=row.state == State.ASKED and not row.is_asker(reader),
        waits=stands.waits,
    )


def overview(reader: Member, number: int = 1) -> Overview:
    """In five questions to the database, however many they are."""
    rows = _lined(reader)
    blocked = set(Block.objects.filter(by=reader).values_list("whom_id", flat=True))
    away = Q(state=State.LEFT, left_by=reader) | Q(_other__in=blocked)
    asked = rows.filter(asked=reader, state=State.ASKED).exclude(_other__in=blocked)
    first = (number - 1) * AT_ONCE
    talks = rows.filter(opened_at__isnull=False).exclude(away)
    found = list(talks.order_by("-last_at", "-pk")[first : first + AT_ONCE + 1])
    fresh = now() - rules.REQUEST_KEPT
    sent = rows.filter(asker=reader, opened_at=None, begun_at__gt=fresh).exclude(away)
    return Overview(
        requests=_lines(asked.order_by("-last_at", "-pk")[:AT_ONCE], reader),
        talks=_lines(found[:AT_ONCE], reader),
        sent=_lines(sent.order_by("-last_at", "-pk")[:AT_ONCE], reader),
        put_away=_lines(rows.filter(away).order_by("-last_at", "-pk")[:AT_ONCE], reader),
        more=len(found) > AT_ONCE,
        number=number,
    )


def untold(row: Correspondence, to: Member) -> list[Message]:
    """What the other wrote that this person has neither seen nor had a letter about."""
    after = max(row.seen_by(to), row.told_to(to))
    rows = row.messages.standing().filter(pk__gt=after).exclude(is_askers=row.is_asker(to))
    return list(rows.exclude(text="").select_related("writer")[:AT_ONCE])


def blocked_by(member: Member) -> list[Block]:
    return list(Block.objects.filter(by=member).select_related("whom").order_by("-at")[:200])


def _between(writer: Member, to: Member, row: Correspondence | None) -> Between:
    blocks = set(
        Block.objects.filter(Q(by=writer, whom=to) | Q(by=to, whom=writer)).values_list(
            "by_id", flat=True
        )
    )
    stands = Between(has_blocked=writer.pk in blocks, is_blocked=to.pk in blocks)
    if row is not None:
        return _within(row, writer, stands)
    chosen = choice_of(to).from_whom
    return Between(
        has_blocked=stands.has_blocked,
        is_blocked=stands.is_blocked,
        from_whom=chosen,
        share_a_group=chosen == Choice.FromWhom.GROUPS and _share_a_group(writer, to),
    )


def _within(row: Correspondence, writer: Member, blocks: Between) -> Between:
    is_left = row.state == State.LEFT
    left_it = is_left and row.left_by_id == writer.pk
    is_fresh = row.begun_at > now() - rules.REQUEST_KEPT
    asked_in_vain = not row.was_open and row.is_asker(writer)
    return Between(
        is_open=row.state == State.OPEN,
        is_writers_turn=left_it or (row.state == State.ASKED and not row.is_asker(writer)),
        # Until a request would have run out, nobody can tell from it what became of it.
        waits=asked_in_vain and (row.state == State.ASKED or is_fresh),
        was_ended=is_left and not left_it,
        has_blocked=blocks.has_blocked,
        is_blocked=blocks.is_blocked,
    )


def _share_a_group(one: Member, other: Member) -> bool:
    """Both belong to a space that is open."""
    theirs = Membership.objects.of(other).filter(space=OuterRef("space"))
    rows = Membership.objects.of(one).filter(space__closed_at=None)
    return bool(rows.filter(Exists(theirs)).exists())


def _lined(reader: Member) -> Any:
    """Each with the newest words that stand, whose they are, and how many are new."""
    is_asker = Q(asker=reader)
    standing = Message.objects.standing().filter(correspondence=OuterRef("pk"))
    newest = standing.exclude(text="").order_by("-pk")
    new = standing.filter(pk__gt=OuterRef("_seen")).exclude(writer=reader).order_by()
    counted = new.values("correspondence").annotate(n=Count("pk")).values("n")
    rows = Correspondence.objects.visible_to(reader).select_related("asker", "asked")
    rows = rows.annotate(
        _other=Case(When(is_asker, then=F("asked_id")), default=F("asker_id")),
        _seen=Case(When(is_asker, then=F("asker_seen")), default=F("asked_seen")),
    )
    return rows.annotate(
        newest=Subquery(newest.values("text")[:1]),
        newest_by=Subquery(newest.values("is_askers")[:1]),
        unread=Coalesce(Subquery(counted[:1]), 0),
    )


def _lines(rows: Any, reader: Member) -> list[Line]:
    return [
        Line(
            row,
            row.other(reader),
            excerpt(row.newest or "", 120),
            is_own=row.newest_by is not None and row.newest_by == row.is_asker(reader),
            unread=row.unread,
        )
        for row in rows
    ]


def kept_apart(pk: int) -> list[int]:
    """Whom this member blocked, and who blocked them."""
    rows = Block.objects.filter(Q(by=pk) | Q(whom=pk)).values_list("by_id", "whom_id")
    return [whom if by == pk else by for by, whom in rows]

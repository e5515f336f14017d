"""What the pages of the team show: what waits with why, the wall, the chat, hands, the hour itself.
Called by their views; three questions to the database, however much was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.contributions.reasons import SEEN
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.dialogue import queries, rules
from exchange.webinars.models import Asked, Hand, LiveEvent, Said, Webinar
from exchange.webinars.rules import Roles

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AT_ONCE, WHOLE_WALL = 40, 400
ASIDE = 8
# Why a gate let something wait; a code that is not here is shown as it is: nothing is hidden.
WHY: dict[str, _StrPromise] = {
    "newcomer": _("Their writer is new here."),
    "unknown-author": _("Their writer is a guest."),
    **SEEN,
}
# What was not checked by a helper before: those who are new are said to be so, quietly.
_QUIET = frozenset({"newcomer", "unknown-author"})


@dataclass(frozen=True)
class Part:
    """A piece of somebody's words, marked where a gate saw something."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Waits:
    """A question or a line of chat as a helper decides about it."""

    row: Asked | Said
    parts: list[Part]
    why: list[str]
    may_decide: bool
    is_own: bool

    @property
    def new(self) -> str:
        """That its writer is new or a guest, in two words; empty for members."""
        codes = _QUIET & set(rules.codes_in(self.row.flags))
        return str(WHY[min(codes)]) if codes else ""


@dataclass
class Desk:
    """Everything on the helpers' page."""

    waiting: list[Waits] = field(default_factory=list)
    wall: list[Asked] = field(default_factory=list)
    aside: list[Asked] = field(default_factory=list)
    chat_waiting: list[Waits] = field(default_factory=list)
    chat: list[Said] = field(default_factory=list)
    hands: list[Hand] = field(default_factory=list)

    @property
    def is_wall_cut(self) -> bool:
        """Whether more may stand on the wall than is shown here."""
        return AT_ONCE <= len(self.wall) < WHOLE_WALL


def of(webinar: Webinar, *, by: Member | None, roles: Roles, whole_wall: bool = False) -> Desk:
    """For one of the team."""
    most = WHOLE_WALL if whole_wall else AT_ONCE
    desk = Desk(hands=queries.hands_up(webinar))
    for row in _questions(webinar, most):
        if row.state == Asked.State.WAITING:
            desk.waiting.append(waits(row, by=by, roles=roles))
        elif row.state in Asked.ON_THE_WALL:
            desk.wall.append(row)
        else:
            desk.aside.append(row)
    desk.wall = queries.in_place(desk.wall)
    for line in _lines(webinar):
        if line.state == Said.State.WAITING:
            desk.chat_waiting.append(waits(line, by=by, roles=roles))
        else:
            desk.chat.append(line)
    return desk


def waits(row: Asked | Said, *, by: Member | None, roles: Roles) -> Waits:
    codes = [code for code in rules.codes_in(row.flags) if code not in _QUIET]
    return Waits(
        row=row,
        parts=marked(row.text, rules.flags_in(row.flags)),
        why=[str(WHY.get(code, code)) for code in codes],
        may_decide=rules.may_decide(row, by=by, roles=roles),
        is_own=rules.is_own(row, by) and not roles.is_host,
    )


def marked(text: str, flags: Iterable[rules.Flag]) -> list[Part]:
    """The words cut at what a gate saw; passages that run into each other are one."""
    parts: list[Part] = []
    reached = 0
    for flag in sorted(flags, key=lambda one: one.start):
        start, end = max(flag.start, reached), min(flag.end, len(text))
        if end > start:
            parts += [Part(text[reached:start], False), Part(text[start:end], True)]
            reached = end
    return [part for part in [*parts, Part(text[reached:], False)] if part.text]


def minutes_left(webinar: Webinar) -> int:
    """Until it is meant to end; below nothing when it runs over."""
    return round((webinar.ends_at - now()).total_seconds() / 60)


def word_now(webinar: Webinar) -> str:
    """What the team says to everybody at this moment."""
    rows = LiveEvent.objects.filter(webinar_id=webinar.pk, item="word", kind="word")
    last = rows.order_by("-seq").values_list("payload", flat=True).first()
    return str(last.get("text", "")) if last else ""


def _questions(webinar: Webinar, most: int) -> QuerySet[Asked]:
    """Three lists in one question: what waits by age, the wall by voices, what was put aside."""
    rows = Asked.objects.filter(webinar_id=webinar.pk, sealed_at=None)
    state = Asked.State
    aside = rows.filter(state__in=(state.DECLINED, state.HIDDEN))
    wanted = (
        Q(pk__in=rows.filter(state=state.WAITING).order_by("at", "pk").values("pk")[:AT_ONCE])
        | queries.top_of_wall(webinar.pk, most)
        | Q(pk__in=aside.order_by("-decided_at", "-pk").values("pk")[:ASIDE])
    )
    found: QuerySet[Asked] = Asked.objects.filter(wanted).order_by("at", "pk")
    return found


def _lines(webinar: Webinar) -> QuerySet[Said]:
    rows = Said.objects.filter(webinar_id=webinar.pk, sealed_at=None)
    waiting = rows.filter(state=Said.State.WAITING).order_by("pk").values("pk")[:AT_ONCE]
    shown = rows.filter(state=Said.State.SHOWN).order_by("-pk").values("pk")[:AT_ONCE]
    return Said.objects.filter(Q(pk__in=waiting) | Q(pk__in=shown)).order_by("pk")

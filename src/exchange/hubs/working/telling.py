"""Who is written to about a paper of their group, and when: invitations, notes, decisions, points.
Called by the hooks of `working`; the same letter goes to the same person once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from exchange.hubs.belonging.queries import roster
from exchange.hubs.models import Membership, Space
from exchange.hubs.models.working import Coming, Sitting
from exchange.hubs.models.working import Paper as Row
from exchange.hubs.working import calendars, drafts, letters, meetings
from exchange.hubs.working.letters import To
from exchange.ledger.models import Event
from exchange.mail import headers
from exchange.mail.actions import About, Queued, drop_queued, forget_words, queue_many
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper
from exchange.mail.tokens import What
from exchange.members.models import Member

PURPOSE = "group-work"
Kind, Level = Row.Kind, Membership.Level
Make = Callable[[To], Paper]
# Stands in headers that programs show as the name of a folder.
LIST_NAME = "Exchange"


def tell(event: Event) -> None:
    """What follows from one event about a paper."""
    row = Row.objects.filter(pk=event.subject_id).select_related("space", "parent").first()
    if row is None or not row.space.is_open:
        return None
    what = event.kind.partition(".")[2]
    if what in ("held", "change_held"):
        return _to_hosts(row, event, letters.waits, of_held=True)
    if not row.is_out:
        return None
    if row.kind == Kind.MEETING:
        return _meeting(row, what, event)
    if row.kind == Kind.AGENDA and what == "written" and row.choice == Row.Choice.PROPOSED:
        return _to_hosts(row, event, letters.proposed)
    if row.kind == Kind.ACTION and what == "written":
        return _given(row, event)
    return _of_words(row, what, event)


def stop(event: Event) -> None:
    """Words that were taken away or sealed: no letter about them goes, none keeps them."""
    drop_queued(key_prefix=f"{about(event.subject_id)}:")
    forget_words(key_prefix=f"{about(event.subject_id)}:")


def still_goes(mail: OutgoingMail) -> str:
    """The last look: they belong there, may read it, and wish to."""
    sort, _colon, number = mail.item.partition(":")
    if sort != "paper" or not number.isdecimal():
        return ""
    member = Member.objects.active().filter(pk=mail.person).first()
    row = Row.objects.visible_to(member).filter(pk=int(number)).first()
    if row is None or member is None:
        return "not-visible"
    if row.kind == Kind.MEETING or row.owner_id == member.pk:
        return ""
    place = Membership.objects.of(member).filter(space_id=row.space_id).first()
    return "" if place is not None and place.level != Level.OFF else "not-wanted"


def about(pk: int) -> str:
    """How the keys of all mails about a paper begin."""
    return f"{PURPOSE}:{pk}"


def readers(space: Space, *, levels: Iterable[str] = (Level.EACH,)) -> list[Member]:
    """Who belongs there, has a mailbox and hears so much."""
    rows = roster(space).filter(level__in=tuple(levels), member__is_demo=False)
    return [row.member for row in rows]


def hosts(space: Space) -> list[Member]:
    rows = roster(space).filter(role=Membership.Role.HOST, member__is_demo=False)
    return [row.member for row in rows]


def send(
    row: Row,
    to: Iterable[Member],
    make: Make,
    *,
    tail: str,
    calendar: Callable[[Member], str] | None = None,
    send_before: datetime | None = None,
) -> int:
    """The same letter to each in their language. `tail` says which one it is."""
    made = [
        _letter(row, member, make, tail, calendar(member) if calendar else "", send_before)
        for member in to
    ]
    with transaction.atomic():
        return len(queue_many(made)) if made else 0


def _meeting(row: Row, what: str, event: Event) -> None:
    """Everybody but who wants to hear nothing; who said that they come, in any case."""
    sitting = Sitting.objects.select_related("paper__space").filter(paper=row).first()
    if sitting is None or meetings.is_over(sitting):
        return
    to = invited(row, sitting)
    if what == "called_off":
        send(
            row,
            to,
            lambda one: letters.called_off(one, row, sitting),
            tail=f"off:{sitting.sequence}",
            calendar=lambda member: calendars.cancellation(sitting, member),
        )
    elif what in ("written", "moved") and not sitting.is_off:
        points = meetings.agenda(row.pk)
        said = "asked" if what == "written" else "moved"
        send(
            row,
            to,
            lambda one: letters.meeting(one, row, sitting, points, what=said),
            tail=f"{said}:{sitting.sequence}",
            calendar=lambda member: calendars.invitation(sitting, member),
            send_before=sitting.starts_at,
        )


def invited(row: Row, sitting: Sitting) -> list[Member]:
    """Who is told of a meeting: all who wish to hear of the group, and who said they come."""
    come = Coming.objects.filter(meeting=row).exclude(answer=Coming.Answer.NO)
    coming = set(come.values_list("member_id", flat=True))
    rows = roster(row.space).filter(member__is_demo=False)
    return [one.member for one in rows if one.level != Level.OFF or one.member_id in coming]


def _of_words(row: Row, what: str, event: Event) -> None:
    """Notes when they are finished, decisions when they are asked for, outcomes when they stand,
    drafts when they are ready (to who wrote them, who is asked for a yes)."""
    tail = f"{what}:{event.pk}"
    if row.kind == Kind.DRAFT and what == "settled":
        ready = [one for one in drafts.writers(row) if not one.is_demo and one.is_active]
        send(row, ready, lambda one: letters.words_of(one, row), tail=tail)
    elif (row.kind, what) in _TOLD:
        title = row.parent.title if row.parent is not None else ""
        to = [one for one in readers(row.space) if one.pk != event.actor_id]
        send(row, to, lambda one: letters.words_of(one, row, title=title), tail=tail)


_TOLD = {
    (Kind.NOTES, "settled"),
    (Kind.DECISION, "written"),
    (Kind.OUTCOME, "written"),
    (Kind.OUTCOME, "changed"),
}


def _given(row: Row, event: Event) -> None:
    """To whoever is to do it, unless they took it themselves."""
    owner = row.owner
    if owner is None or owner.pk == event.actor_id or owner.is_demo or not owner.is_active:
        return
    send(row, [owner], lambda one: letters.point(one, row, what="given"), tail="given")


def _to_hosts(
    row: Row, event: Event, make: Callable[[To, Row], Paper], *, of_held: bool = False
) -> None:
    to = [one for one in hosts(row.space) if one.pk != event.actor_id]
    send(row, to, lambda one: make(one, row), tail=f"{'held' if of_held else 'to'}:{event.pk}")


def _letter(
    row: Row,
    member: Member,
    make: Make,
    tail: str,
    calendar: str,
    send_before: datetime | None,
) -> Queued:
    with override(member.first_language):
        paper = make(To(member, row.space))
        page = letters.link("hubs:space", row.space.slug)
    return Queued(
        to=member.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=PURPOSE,
        key=f"{about(row.pk)}:{member.pk}:{tail}",
        headers={
            **headers.list_headers(
                name=LIST_NAME,
                slug=f"group-{row.space_id}",
                what=What.PAPER_STOP,
                person=member.pk,
                item=row.space_id,
                page=page,
                stop_at="hubs:letters-stop",
            ),
            **headers.reply_to(what=What.PAPER_ANSWER, person=member.pk, item=row.pk),
        },
        about=About(person=member.pk, item=f"paper:{row.pk}", send_before=send_before),
        calendar=calendar,
    )

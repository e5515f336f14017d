"""What the helpers do with a question, and the presenters: show, decline, join, take up, answer, hide.
Called by the pages of the team. Each locks the row, so that the second of two helpers is told."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.errors import NotAllowed
from exchange.core.text import clean, clean_line
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.dialogue import rules, screening, telling
from exchange.webinars.dialogue.actions.being_here import held
from exchange.webinars.errors import AlreadyDone
from exchange.webinars.models import Asked, AskedVote
from exchange.webinars.rules import Roles

State = Asked.State


def show(*, asked: Asked, by: Member, roles: Roles) -> Asked:
    """On the wall now. Raises NotAllowed, AlreadyDone when somebody decided already."""
    with transaction.atomic():
        row = _to_decide(asked, by, roles)
        _settle(row, State.SHOWN, by)
        telling.waiting_gone(row)
        telling.question(row)
        _tell_asker(row, "asked.shown", by)
    return row


def decline(*, asked: Asked, by: Member, roles: Roles, note: str = "") -> Asked:
    """Not taken up, with a kind word to the one who asked and to nobody else. Raises as show, and
    Noticed or Refused about the word itself."""
    note = clean_line(note)[: rules.LONGEST_NOTE]
    screening.of_team(text=note, language=asked.language, by=by)
    with transaction.atomic():
        row = _to_decide(asked, by, roles)
        row.note = note
        _settle(row, State.DECLINED, by)
        telling.waiting_gone(row)
        _tell_asker(row, "asked.declined", by)
    return row


def join_to(*, asked: Asked, to: Asked, by: Member, roles: Roles) -> Asked:
    """The same as another on the wall, which gets its voices and its asker's. Raises as show,
    NotAllowed when the other is not on the wall here."""
    with transaction.atomic():
        row, other = _both(asked, to)
        if not rules.may_decide(row, by=by, roles=roles):
            raise NotAllowed
        if row.state not in (State.WAITING, State.SHOWN):
            raise AlreadyDone
        if other.state not in Asked.ON_THE_WALL or other.webinar_id != row.webinar_id:
            raise NotAllowed
        was_on_the_wall = row.state == State.SHOWN
        row.joined_to = other
        _settle(row, State.JOINED, by)
        _move_voices(row, other)
        (telling.question_gone if was_on_the_wall else telling.waiting_gone)(row)
        telling.question(other)
        telling.fate(row)
    return other


def hide(*, asked: Asked, by: Member, roles: Roles) -> Asked:
    """Off the wall again, for everybody, and out of what was told. Raises NotAllowed, AlreadyDone."""
    with transaction.atomic():
        row = _locked(asked)
        if not rules.may_hide(row, roles=roles):
            raise NotAllowed
        if row.state not in Asked.ON_THE_WALL:
            raise AlreadyDone
        _settle(row, State.HIDDEN, by)
        telling.question_gone(row)
        telling.fate(row)
    return row


def let_back(*, asked: Asked, by: Member, roles: Roles) -> Asked:
    """What was declined or taken down is read by a helper once more. Raises as hide."""
    with transaction.atomic():
        row = _locked(asked)
        if not rules.may_decide(row, by=by, roles=roles):
            raise NotAllowed
        if row.state not in (State.DECLINED, State.HIDDEN):
            raise AlreadyDone
        row.note = ""
        _settle(row, State.WAITING, by)
        telling.waiting(row)
    return row


def take_up(*, asked: Asked, by: Member | None, roles: Roles) -> Asked:
    """This one is being answered now. The one before was answered, if it still stood there.
    Raises NotAllowed, AlreadyDone."""
    with transaction.atomic():
        # Two presenters taking up two questions at once: the webinar's row sets their order.
        held(asked.webinar)
        row = _to_answer(asked, roles, (State.SHOWN,))
        for earlier in _answering_now(row):
            _answered(earlier, by, earlier.answered_as)
            telling.question(earlier)
        _settle(row, State.ANSWERING, by)
        telling.question(row)
        telling.coming_up(row)
    return row


def put_back(*, asked: Asked, by: Member | None, roles: Roles) -> Asked:
    """Not answered after all: it waits on the wall again. Raises as take_up."""
    with transaction.atomic():
        row = _to_answer(asked, roles, (State.ANSWERING, State.ANSWERED))
        row.answered_at, row.answered_as, row.answer = None, "", ""
        row.save(update_fields=["answered_at", "answered_as", "answer"])
        _settle(row, State.SHOWN, by)
        telling.question(row)
    return row


def answer(
    *,
    asked: Asked,
    by: Member | None,
    roles: Roles,
    gist: str | None = None,
    language: str = "",
    answered_as: str = "",
    insist: bool = False,
) -> Asked:
    """Answered, with the gist if somebody typed it; sent again it replaces the gist, and one tap
    without any leaves what was typed. `by` is nobody for a presenter without an account. Raises
    as take_up, and Noticed or Refused about the gist."""
    words = clean(gist or "")[: rules.LONGEST_GIST]
    screening.of_team(text=words, language=language or asked.language, by=by, insist=insist)
    with transaction.atomic():
        row = _to_answer(asked, roles, Asked.ON_THE_WALL)
        row.answer = row.answer if gist is None else words
        _answered(row, by, clean_line(answered_as)[:120])
        telling.question(row)
        _tell_asker(row, "asked.answered", by)
    return row


def _to_decide(asked: Asked, by: Member, roles: Roles) -> Asked:
    row = _locked(asked)
    if not rules.may_decide(row, by=by, roles=roles):
        raise NotAllowed
    if row.state != State.WAITING:
        raise AlreadyDone
    return row


def _to_answer(asked: Asked, roles: Roles, states: tuple[State, ...]) -> Asked:
    if not rules.may_answer(roles):
        raise NotAllowed
    row = _locked(asked)
    if row.sealed_at is not None:
        raise NotAllowed
    if row.state not in states:
        raise AlreadyDone
    return row


def _locked(asked: Asked) -> Asked:
    row: Asked = Asked.objects.select_for_update(of=("self",), no_key=True).get(pk=asked.pk)
    return row


def _both(asked: Asked, to: Asked) -> tuple[Asked, Asked]:
    """Both locked, in one order whoever comes first. Raises NotAllowed for one with itself."""
    rows = Asked.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[asked.pk, to.pk])}
    if len(found) < 2:
        raise NotAllowed
    return found[asked.pk], found[to.pk]


def _answering_now(row: Asked) -> list[Asked]:
    rows = Asked.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(rows.filter(webinar_id=row.webinar_id, state=State.ANSWERING))


def _settle(row: Asked, state: State, by: Member | None) -> None:
    row.state, row.decided_by, row.decided_at = state, by, now()
    row.save(update_fields=["state", "decided_by", "decided_at", "joined_to", "note"])


def _answered(row: Asked, by: Member | None, answered_as: str) -> None:
    row.answered_at = row.answered_at or now()
    row.answered_as = answered_as or row.answered_as
    row.save(update_fields=["answer", "answered_at", "answered_as"])
    _settle(row, State.ANSWERED, by)


def _move_voices(row: Asked, other: Asked) -> None:
    """Each seat once; the asker of the other has a voice there already."""
    seats = {*row.voices.values_list("seat_id", flat=True), row.seat_id}
    there = {*other.voices.values_list("seat_id", flat=True), other.seat_id}
    new = [seat for seat in seats - there if seat is not None]
    AskedVote.objects.bulk_create(AskedVote(asked=other, seat_id=seat) for seat in new)
    other.votes = other.voices.count()
    other.save(update_fields=["votes"])


def _tell_asker(row: Asked, kind: str, by: Member | None) -> None:
    telling.fate(row)
    record(
        kind,
        subject_type="asked",
        subject_id=row.pk,
        actor_id=by.pk if by else None,
        detail={"webinar": row.webinar_id},
    )

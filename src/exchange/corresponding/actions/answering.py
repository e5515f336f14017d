"""What one of the two decides: yes to a request, letting it be, ending, blocking, having read.
Called by the pages and by the handler of mail. The other one is told none of it but by an answer."""

from __future__ import annotations

from django.db import transaction

from exchange.core.time import now
from exchange.corresponding.keeping import stop_letters
from exchange.corresponding.models import Block, Choice, Correspondence
from exchange.ledger.actions import record
from exchange.members.models import Member

State = Correspondence.State


def accept(*, row: Correspondence, by: Member) -> None:
    """From now on both may write. Twice is once."""
    with transaction.atomic():
        found = _locked(row)
        if found.is_asker(by) and not found.was_open:
            return
        if found.state == State.OPEN or (found.state == State.LEFT and found.left_by_id != by.pk):
            return
        found.state, found.left_by = State.OPEN, None
        found.opened_at = found.opened_at or now()
        found.save(update_fields=["state", "left_by", "opened_at"])
        _record("correspondence.accepted", found.pk, by)


def leave(*, row: Correspondence, by: Member) -> None:
    """Let a request be, or end what was begun. Whoever did may begin again by writing."""
    with transaction.atomic():
        found = _locked(row)
        is_waiting_own = found.is_asker(by) and not found.was_open
        if found.state == State.LEFT or is_waiting_own:
            return
        found.state, found.left_by = State.LEFT, by
        found.save(update_fields=["state", "left_by"])
        stop_letters(found, to=by)
        _record("correspondence.left", found.pk, by)


def block(*, whom: Member, by: Member) -> None:
    """No more words of theirs; they are not told."""
    if whom.pk == by.pk:
        return
    with transaction.atomic():
        _row, is_new = Block.objects.get_or_create(by=by, whom=whom)
        found = Correspondence.objects.filter(pair=Correspondence.pair_of(by, whom)).first()
        if found is not None:
            stop_letters(found, to=by)
        if is_new:
            _record("member.blocked_another", by.pk, by, of="member")


def unblock(*, whom: Member, by: Member) -> None:
    Block.objects.filter(by=by, whom=whom).delete()


def see(*, row: Correspondence, by: Member, upto: int) -> None:
    """They have it before them."""
    side = f"{row.side(by)}_seen"
    if upto > row.seen_by(by):
        Correspondence.objects.filter(pk=row.pk, **{f"{side}__lt": upto}).update(**{side: upto})


def choose(*, member: Member, from_whom: str | None = None, by_mail: bool | None = None) -> Choice:
    """Who may write to them; whether it comes by mail."""
    given = {"from_whom": from_whom, "by_mail": by_mail}
    chosen = {name: value for name, value in given.items() if value is not None}
    found, _new = Choice.objects.update_or_create(member=member, defaults=chosen)
    return found


def _locked(row: Correspondence) -> Correspondence:
    rows = Correspondence.objects.select_for_update(of=("self",), no_key=True)
    found: Correspondence = rows.get(pk=row.pk)
    return found


def _record(kind: str, pk: int, by: Member, of: str = "correspondence") -> None:
    record(kind, subject_type=of, subject_id=pk, actor_id=by.pk, public=False)

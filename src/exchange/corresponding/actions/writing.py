"""Writing to another member: through the gates and the measures, once for each form or mail.
Called by the pages and by the handler of mail."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.bymail.languages import written_in
from exchange.contributions.errors import NotAllowed
from exchange.core import ids
from exchange.core.time import now
from exchange.corresponding import queries, rules
from exchange.corresponding.errors import Enough, NotTaken
from exchange.corresponding.keeping import forget
from exchange.corresponding.models import Correspondence, Message
from exchange.corresponding.screening import look
from exchange.ledger.actions import record
from exchange.members.models import Member

State = Correspondence.State


def write(
    *,
    by: Member,
    to: Member,
    text: str,
    once_key: str = "",
    via: str = Message.Via.WEB,
    insist: bool = False,
) -> Message:
    """The first words are a request; an answer to a request says yes to it. The same key twice is
    one message. Raises NotTaken, Enough, Rewrite, Noticed, Refused."""
    key = once_key or ids.new_id()
    twin = _sent_before(by, key)
    if twin is not None:
        return twin
    _may(by, to)
    language = written_in(text, by)
    look(text=text, language=language, writer=by, origin=via, insist=insist)
    with transaction.atomic():
        # Both, so that two forms of one writer, and two people who write at once, come in turn.
        people = Member.objects.filter(pk__in=(by.pk, to.pk)).order_by("pk")
        list(people.select_for_update(of=("self",), no_key=True))
        twin = _sent_before(by, key)
        if twin is not None:
            return twin
        _may(by, to)
        row = _row(by, to)
        _measured(by, to, is_first=row.pk is None)
        return _put(row, by, text=text, language=language, via=via, key=key)


def take_back(*, message: Message, by: Member) -> None:
    """Gone for both, also from the mail it came by and the letter that carried it."""
    if message.writer_id != by.pk:
        raise NotAllowed
    with transaction.atomic():
        rows = Message.objects.standing().filter(pk=message.pk)
        if rows.update(is_withdrawn=True, text=""):
            forget(message.correspondence_id, [message.pk])
            _record("message.withdrawn", message, by)


def _may(by: Member, to: Member) -> None:
    code = rules.why_not(by, to, queries.between(by, to), now())
    if code:
        raise NotTaken(code)


def _measured(by: Member, to: Member, *, is_first: bool) -> None:
    code = rules.too_many(by, queries.counts(by, to, now()), is_first=is_first)
    if code:
        raise Enough(code)


def _row(by: Member, to: Member) -> Correspondence:
    rows = Correspondence.objects.select_for_update(of=("self",), no_key=True)
    pair = Correspondence.pair_of(by, to)
    found: Correspondence | None = rows.filter(pair=pair).first()
    return found or Correspondence(asker=by, asked=to, pair=pair)


def _put(
    row: Correspondence, by: Member, *, text: str, language: str, via: str, key: str
) -> Message:
    moment = now()
    if row.pk is not None and row.state != State.OPEN:
        row.state, row.left_by = State.OPEN, None
        row.opened_at = row.opened_at or moment
    row.last_at = moment
    row.save()
    message = Message.objects.create(
        correspondence=row,
        writer=by,
        is_askers=row.is_asker(by),
        text=text,
        language=language,
        via=via,
        at=moment,
        once_key=key,
    )
    setattr(row, f"{row.side(by)}_seen", message.pk)
    row.save(update_fields=[f"{row.side(by)}_seen"])
    _record("message.sent", message, by)
    return message


def _record(kind: str, message: Message, by: Member) -> None:
    record(kind, subject_type="message", subject_id=message.pk, actor_id=by.pk, public=False)


def _sent_before(by: Member, key: str) -> Message | None:
    rows = Message.objects.select_related("correspondence")
    found: Message | None = rows.filter(once_key=key, writer=by).first()
    return found

"""What becomes of one mail: opened, recognised, brought to its handler, its outcome written down.
Called through `mail.receiving.actions`; works with no transaction open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from exchange.core.text import clean_line
from exchange.core.time import now
from exchange.ledger.registry import GiveUp, Later
from exchange.mail import inbound
from exchange.mail.bounces import actions as bounces
from exchange.mail.commands import command_in
from exchange.mail.inbound import Arrived, Handler, Outcome, Sender
from exchange.mail.letters import sender as our_address
from exchange.mail.models import Bounce, IncomingMail, Mailbox, OutgoingMail
from exchange.mail.reading.actions import open_mail
from exchange.mail.reading.opened import Opened
from exchange.mail.receiving import keeping, recognising, routing
from exchange.mail.receiving.expired import tell_it_has_run_out
from exchange.mail.receiving.heads import Heads, bare, fingerprint, heads_of
from exchange.mail.receiving.routing import Route
from exchange.mail.trust import judge
from exchange.mail.trust.author import speaks_for

# After so many a mail goes to the hosts; the ledger's own limit is one more.
MOST_TRIES = 7
LONGEST_WORDS = 200_000
# A mailbox that is asked, or a service, may not know the envelope.
_KNOWS_ENVELOPE = ("smtp", "lmtp")
State = IncomingMail.State
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mail:
    """A mail in hand: its row, its bytes and its headers."""

    row: IncomingMail
    raw: bytes
    heads: Heads

    @property
    def has_no_sender(self) -> bool:
        """The null envelope sender, which only robots use: "never answer this"."""
        if self.row.envelope_from:
            return False
        return self.row.via in _KNOWS_ENVELOPE or self.heads.first("return-path") == "<>"


def handle(*, incoming_id: int) -> Callable[[], None] | None:
    """Outside work: bring one mail to what becomes of it. Returns what to write down."""
    row = IncomingMail.objects.filter(pk=incoming_id, state=State.NEW).first()
    if row is None:
        return None
    return partial(write_outcome, row.pk, _outcome(row))


def write_outcome(pk: int, outcome: Outcome) -> None:
    """Write what became of a mail, unless a host was faster."""
    # Who left with this mail is forgotten already; that it was carried out is noted all the same.
    forgotten = Q(state=State.SETTLED, outcome="", blanked_at__isnull=False)
    row = IncomingMail.objects.filter(Q(state=State.NEW) | forgotten, pk=pk).first()
    if row is None:
        return
    row.state = outcome.state
    row.outcome = outcome.code[:60]
    row.made_type, row.made_id = outcome.made_type, outcome.made_id
    row.undo_until = outcome.undo_until
    row.detail = {**row.detail, **outcome.detail}
    columns = ["state", "outcome", "made_type", "made_id", "undo_until", "detail"]
    row.save(update_fields=columns)


def _outcome(row: IncomingMail) -> Outcome:
    raw = keeping.raw_of(row.arrival)
    if raw is None:
        return Outcome(State.KEPT, "file-lost")
    mail = Mail(row, raw, heads_of(raw))
    if not _is_first(mail):
        if _is_a_concern(mail):
            _forget_copy(row)
        return Outcome(State.IGNORED, "duplicate")
    if not row.detail.get("vouched_by"):
        robot = _by_a_robot(mail)
        if robot is not None:
            return replace(robot, detail={**robot.detail, **_returned(mail)})
    return _routed(mail)


def _is_a_concern(mail: Mail) -> bool:
    return routing.find(mail.heads, envelope_to=mail.row.envelope_to, sender=None).is_a_concern


def _forget_copy(row: IncomingMail) -> None:
    """A case has the first one: who worries about a child stands nowhere else."""
    IncomingMail.objects.filter(pk=row.pk).update(envelope_from="", blanked_at=now())
    keeping.forget(row.arrival)


def _is_first(mail: Mail) -> bool:
    """Whether this is the first copy. The constraint decides, however many look at once."""
    mark = fingerprint(mail.raw, envelope_to=mail.row.envelope_to, on=mail.row.received_at)
    try:
        with transaction.atomic():
            IncomingMail.objects.filter(pk=mail.row.pk).update(
                fingerprint=mark, message_id=mail.heads.message_id[:255]
            )
    except IntegrityError:
        # By its id a copy is found when the words it holds are taken back.
        heads = mail.heads
        IncomingMail.objects.filter(pk=mail.row.pk).update(message_id=heads.message_id[:255])
        return False
    return True


def _by_a_robot(mail: Mail) -> Outcome | None:
    """What came back, and what nobody wrote: nothing is posted, nobody is answered."""
    word, token = routing.token_text(routing.local_part(mail.heads, mail.row.envelope_to))
    to_bounce = word == "bounce"
    if to_bounce or mail.has_no_sender or bounces.may_be_report(mail.heads):
        code = bounces.take(
            mail.raw,
            token=token if to_bounce else "",
            incoming=mail.row.pk,
            is_returned=to_bounce and mail.has_no_sender,
        )
        if code:
            return Outcome(State.IGNORED, code, detail={"no_answer": True})
    answered = routing.answered_mail(mail.heads)
    sign = recognising.automatic(
        mail.heads, ours=_ours(), is_our_id=bounces.is_ours(mail.heads.message_id)
    )
    if sign is None and mail.has_no_sender:
        sign = recognising.Sign("no-envelope-sender")
    if sign is None:
        return _perhaps_vacation(mail, to_bounce=to_bounce, answers_us=answered is not None)
    if not sign.strong and _is_a_concern(mail):
        mail.row.detail["no_answer"] = True
        IncomingMail.objects.filter(pk=mail.row.pk).update(detail=mail.row.detail)
        return None
    return Outcome(State.IGNORED, sign.code, detail={"no_answer": True})


def _returned(mail: Mail) -> dict[str, str]:
    """What the letter of ours was about that came back or was answered by a robot: its words stand
    in the file, and have to be found when they are taken back."""
    bounced = Bounce.objects.filter(incoming_id=mail.row.pk).values_list("mail_id", flat=True)
    ours = OutgoingMail.objects.filter(Q(pk__in=bounced) | Q(message_id=mail.heads.message_id))
    item = ours.values_list("item", flat=True).first()
    item = item or routing.answered_item(mail.heads, Route())
    return {"quotes": item} if item else {}


def _perhaps_vacation(mail: Mail, *, to_bounce: bool, answers_us: bool) -> Outcome | None:
    """A subject alone proves nothing: it is never posted and never answered, but a host sees it."""
    if (answers_us or to_bounce) and recognising.is_vacation(mail.heads.subject):
        return Outcome(State.KEPT, "perhaps-automatic", detail={"no_answer": True})
    return None


def _routed(mail: Mail) -> Outcome:
    opened = _opened(mail)
    sender = inbound.sender_at(opened.from_address) if opened.from_address else None
    route = routing.find(mail.heads, envelope_to=mail.row.envelope_to, sender=sender)
    arrived = _arrived(mail, opened, sender, route)
    _write_facts(mail, arrived, route)
    if not opened.from_address and not route.is_a_concern:
        return Outcome(State.KEPT, "no-sender")
    if route.expired is not None:
        return tell_it_has_run_out(arrived, route.expired)
    code, argument, handler = _handler(arrived, route)
    if argument:
        arrived = replace(arrived, argument=argument)
    if code != route.code:
        IncomingMail.objects.filter(pk=mail.row.pk).update(route=code[:40])
    if handler is None:
        return Outcome(State.KEPT, "no-handler")
    return _handled(mail.row, handler, arrived)


def _handler(arrived: Arrived, route: Route) -> tuple[str, str, Handler | None]:
    """Who takes it. A command of somebody we know goes before everything but a wish to stop."""
    if route.is_a_concern:
        return route.code, "", inbound.mailboxes.get(Mailbox.Opens.CONCERN)
    if arrived.sender and not routing.without_command(route.token):
        to_desk = route.token is None and route.opens == Mailbox.Opens.DESK
        opened = arrived.opened
        said = command_in(opened.words, opened.subject, free=to_desk)
        if said and said[0] in inbound.commands:
            return f"command:{said[0]}", said[1], inbound.command_handler(said[0], arrived)
    if route.token is not None:
        return route.code, "", inbound.tokens.get(route.token.what)
    if arrived.sender is None:
        return route.code, "", inbound.stranger
    return route.code, "", inbound.mailboxes.get(route.opens)


def _handled(row: IncomingMail, handler: Handler, arrived: Arrived) -> Outcome:
    """Call it. What breaks is tried again by the ledger; at last the mail is kept for a host."""
    row.refresh_from_db(fields=["detail"])
    tries = int(row.detail.get("tries", 0)) + 1
    row.detail["tries"] = tries
    row.save(update_fields=["detail"])
    try:
        return handler(arrived)
    except Exception as error:
        if isinstance(error, GiveUp) or (tries >= MOST_TRIES and not isinstance(error, Later)):
            log.warning("incoming %s: kept for a host, %s", row.pk, type(error).__name__)
            return Outcome(State.KEPT, "broke")
        raise


def _opened(mail: Mail) -> Opened:
    """The mail read, and never an error: what nobody foresaw is kept with its headers."""
    ours = routing.quoted_text(mail.heads, envelope_to=mail.row.envelope_to)
    try:
        # With our own words at hand, what somebody typed between them is known for theirs.
        opened = open_mail(mail.raw, ours)
    except Exception as error:  # noqa: BLE001 - strangers decide what stands in a mail
        log.warning("incoming %s: could not be read, %s", mail.row.pk, type(error).__name__)
        opened = Opened(damaged=True)
    known = mail.row.from_address if mail.row.detail.get("vouched_by") else ""
    return replace(
        opened,
        from_address=known or bare(opened.from_address) or mail.heads.address,
        subject=opened.subject or mail.heads.subject,
        message_id=opened.message_id or mail.heads.message_id,
    )


def _arrived(mail: Mail, opened: Opened, sender: Sender | None, route: Route) -> Arrived:
    row, box = mail.row, route.box
    language = (sender.language if sender else "") or (box.language if box else "")
    return Arrived(
        mail_id=row.pk,
        opened=opened,
        sender=sender,
        trust="pass" if row.detail.get("vouched_by") else _trust(mail, opened.from_address),
        received_at=row.received_at,
        language=language or settings.LANGUAGE_CODE,
        token=route.token,
        mailbox=box.local if box else "",
        opens=route.opens,
        hub=box.hub if box else "",
        answers_theirs=_answers_theirs(mail, sender),
    )


def _answers_theirs(mail: Mail, sender: Sender | None) -> bool:
    answered = routing.answered_mail(mail.heads) if sender else None
    return bool(sender and answered and answered.person == sender.person)


def _trust(mail: Mail, address: str) -> str:
    notes = keeping.notes_of(mail.row.arrival)
    trust = judge(mail.raw, envelope_from=mail.row.envelope_from, peer=notes.peer, helo=notes.helo)
    mail.row.results = dict(trust.results)
    # Odd headers are read in more than one way: a domain vouches for its own addresses alone.
    if trust.level == "pass" and not speaks_for(mail.raw, address):
        return "none"
    return trust.level


def _write_facts(mail: Mail, arrived: Arrived, route: Route) -> None:
    """What hosts and handlers may look at later. Who worries about a child is read by safeguarding
    alone: nothing of it stands here. Nor do words that two people write to each other."""
    row, opened, secret = mail.row, arrived.opened, route.is_a_concern
    closed = secret or route.is_private
    row.refresh_from_db(fields=["detail"])
    quoted = "" if secret else routing.answered_item(mail.heads, route)
    if quoted:
        row.detail["quotes"] = quoted
    IncomingMail.objects.filter(pk=row.pk).update(
        from_address="" if secret else _kept(opened.from_address, 254),
        from_name="" if secret else clean_line(_kept(opened.from_name, 400))[:120],
        subject="" if closed else clean_line(_kept(opened.subject, 2000))[:300],
        words="" if closed else _kept(opened.words),
        cut="" if closed else _kept(opened.cut),
        person=arrived.sender.person if arrived.sender and not secret else None,
        trust=arrived.trust[:8],
        results=row.results,
        language=arrived.language[:8],
        route=route.code[:40],
        detail=row.detail,
    )


def _ours() -> frozenset[str]:
    """The addresses we write from, so that our own mail is known."""
    boxes = Mailbox.objects.values_list("local", flat=True)
    named = {f"{local}@{settings.MAIL_DOMAIN}".lower() for local in boxes}
    return frozenset({our_address().lower(), *named})


def _kept(words: str, longest: int = LONGEST_WORDS) -> str:
    plain = words.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    return plain[:longest]

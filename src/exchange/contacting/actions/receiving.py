"""Taking in what somebody writes to the hosts, from the page or by mail, through the gates.
Called by the contact page and by the handler of mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import override

from exchange.contacting import letters, rules, sealing
from exchange.contacting.models import Contact, Word
from exchange.contributions.errors import Noticed
from exchange.core import gates, ids, worries
from exchange.core.gates import Reason
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail import tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.headers import reply_to
from exchange.mail.receiving.recognising import is_robot
from exchange.mail.rules import MailRefused
from exchange.mail.tokens import What
from exchange.members.models import Member

RECEIPT = "contact-receipt"


@dataclass(frozen=True)
class Letter:
    """What somebody wrote, as a form gives it. A member's name and address are of their account."""

    text: str
    about: str = Contact.About.QUESTION
    language: str = "en"
    name: str = ""
    address: str = ""
    member: Member | None = None


@dataclass(frozen=True)
class Circumstances:
    """How it came: what a person leaves empty, when the form was shown, and the form's own key."""

    trap: str = ""
    shown_at: datetime | None = None
    once_key: str = field(default_factory=ids.new_id)


def receive(*, letter: Letter, how: Circumstances | None = None, insist: bool = False) -> Word:
    """The first letter of a matter; the same form twice is one. Raises Noticed while what may point
    to one child was not shown to the writer; after that those who look after safeguarding read it."""
    given = how or Circumstances()
    twin = _sent_before(given.once_key)
    if twin is not None:
        return twin
    verdict = _judged(letter.text, letter.language, letter.member)
    if (noticed := worries.pointing(verdict.noticed)) and not insist:
        raise Noticed(noticed)
    try:
        with transaction.atomic():
            return _begun(letter, given, verdict)
    except IntegrityError:
        twin = _sent_before(given.once_key)
        if twin is None:
            raise
        return twin


def add(*, contact: Contact, text: str, incoming_id: int, from_elsewhere: bool) -> Word:
    """What the person answered by mail; the same mail twice is one. It waits for a host again, also
    where the matter was closed."""
    twin = Word.objects.filter(incoming_id=incoming_id).first()
    if twin is not None:
        return twin
    verdict = _judged(text, contact.language, contact.member)
    with transaction.atomic():
        rows = Contact.objects.select_for_update(of=("self",), no_key=True)
        row = rows.select_related("member").get(pk=contact.pk)
        word = Word(contact=row, via=Word.Via.MAIL, incoming_id=incoming_id)
        word.is_from_elsewhere = from_elsewhere
        moment = now()
        if row.state != Contact.State.WAITING:
            row.state, row.waits_since = Contact.State.WAITING, moment
        row.last_at = moment
        row.save(update_fields=["state", "waits_since", "last_at"])
        _put(word, text, verdict.reasons)
    return word


def _begun(letter: Letter, how: Circumstances, verdict: gates.Verdict) -> Word:
    member = letter.member
    contact = Contact.objects.create(
        name="" if member else letter.name,
        address="" if member else letter.address,
        member=member,
        about=letter.about,
        language=letter.language,
        doubt=rules.doubt(
            trap=how.trap,
            shown_at=how.shown_at,
            moment=now(),
            text=letter.text,
            reasons={reason.code for reason in verdict.reasons},
        ),
        once_key=how.once_key,
    )
    word = Word(contact=contact, once_key=how.once_key)
    _put(word, letter.text, verdict.reasons)
    _send_receipt(contact)
    return word


def _put(word: Word, text: str, reasons: tuple[Reason, ...]) -> None:
    """Write it down; what points to one child goes to safeguarding in the same transaction."""
    word.text = text
    is_about_a_child = bool(worries.pointing(reasons))
    word.sealed_at = now() if is_about_a_child else None
    word.save()
    record(
        "contact.received",
        subject_type="contact",
        subject_id=word.contact_id,
        actor_id=word.contact.member_id,
        detail={"via": word.via, "sealed": is_about_a_child},
        public=False,
    )
    if is_about_a_child:
        sealing.hand_over(word, text)


def _send_receipt(contact: Contact) -> None:
    """One a day to an address: nobody can have another person flooded. None to a robot."""
    to = contact.mail_address
    if not to or contact.doubt or is_robot(to):
        return
    person = contact.member_id or 0
    with override(contact.language):
        paper = letters.received(contact)
    try:
        queue_mail(
            to=to,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=paper.language,
            purpose=RECEIPT,
            key=f"contact:receipt:{tokens.digest(to)[:20]}:{now():%Y%m%d}",
            headers=reply_to(what=What.CONTACT, person=person, item=contact.pk),
            about=About(person=person or None, item=f"contact:{contact.pk}"),
        )
    except MailRefused:
        # The form took it for an address, and no mail server would.
        return


def _judged(text: str, language: str, member: Member | None) -> gates.Verdict:
    """Hosts read every letter, so nothing waits here: only what a gate saw in it counts."""
    return gates.judge(
        gates.Submission(
            text=text,
            kind="reply",
            language=language,
            author_id=member.pk if member else None,
            author_is_host=bool(member and member.is_host),
            author_is_newcomer=bool(member is None or member.is_newcomer),
        )
    )


def _sent_before(once_key: str) -> Word | None:
    rows = Word.objects.select_related("contact__member")
    return rows.filter(once_key=once_key).first() if once_key else None


__all__ = ["RECEIPT", "Circumstances", "Letter", "add", "receive"]

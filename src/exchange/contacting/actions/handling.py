"""What hosts do with a letter: say that they look at it, answer it, close it; and the short answers
they keep. Called by the desk's pages."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import override

from exchange.contacting import letters
from exchange.contacting.models import Contact, Deed, Ready, Word
from exchange.contacting.rules import mails_about
from exchange.contributions.errors import AlreadyDecided, NotAllowed
from exchange.contributions.judging import hosts_words
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail.actions import About, queue_mail
from exchange.mail.headers import answering, reply_to
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.tokens import What
from exchange.members.models import Member

ANSWER = "contact"
State = Contact.State


def claim(*, contact: Contact, by: Member) -> Contact:
    """ "I am looking at this", for half an hour; it forbids nobody to answer. What another host
    looks at stays theirs."""
    with transaction.atomic():
        row = _locked(contact)
        if row.claimed_by_id not in (None, by.pk) and row.claim_stands(now()):
            return row
        if row.claimed_by_id != by.pk or not row.claim_stands(now()):
            _note(row, Deed.What.LOOKED, by)
        row.claimed_by, row.claimed_at = by, now()
        row.save(update_fields=["claimed_by", "claimed_at"])
    return row


def release(*, contact: Contact, by: Member) -> None:
    """Not any more."""
    with transaction.atomic():
        row = _locked(contact)
        if row.claimed_by_id == by.pk:
            row.claimed_by, row.claimed_at = None, None
            row.save(update_fields=["claimed_by", "claimed_at"])
            _note(row, Deed.What.LEFT, by)


def answer(*, contact: Contact, text: str, by: Member, seen: int, once_key: str) -> Word:
    """Write to the person, in their language's letter. `seen` is the last word this host read; the
    same form twice is one answer. Raises AlreadyDecided when there is a newer one, NotAllowed when
    nobody can be written to, Refused, and Noticed for what points to one child: a mail is no place
    for that."""
    twin = Word.objects.filter(once_key=once_key).first() if once_key else None
    if twin is not None:
        return twin
    hosts_words(text=text, language=contact.language, by=by)
    with transaction.atomic():
        row = _locked(contact)
        if row.emptied_at is not None or not row.mail_address:
            raise NotAllowed
        _nothing_newer(row, seen)
        word = Word.objects.create(
            contact=row,
            host=by,
            host_name=by.shown_name,
            is_hosts=True,
            text=text,
            once_key=once_key,
        )
        row.state, row.last_at, row.doubt = State.ANSWERED, now(), ""
        row.claimed_by, row.claimed_at = None, None
        row.save()
        _note(row, Deed.What.ANSWERED, by)
        _send(row, word, by)
        record(
            "contact.answered",
            subject_type="contact",
            subject_id=row.pk,
            actor_id=by.pk,
            public=False,
        )
    return word


def close(*, contact: Contact, by: Member) -> None:
    """Nothing more is to be done. Closed already: nothing happens."""
    _set(contact, State.CLOSED, Deed.What.CLOSED, by)


def reopen(*, contact: Contact, by: Member) -> None:
    """Somebody should look at it after all."""
    _set(contact, State.WAITING, Deed.What.OPENED, by)


def keep_ready(*, title: str, language: str, text: str, by: Member) -> Ready:
    """A short answer for all hosts to begin from. Raises Refused, Noticed."""
    hosts_words(text=f"{title}\n\n{text}", language=language, by=by)
    return Ready.objects.create(
        title=title, language=language, text=text, by=by, by_name=by.shown_name
    )


def drop_ready(*, ready: Ready) -> None:
    """Nobody needs it any more."""
    ready.delete()


def still_goes(mail: OutgoingMail) -> str:
    """The last look at an answer: whether its words still stand."""
    number = mail.key.rstrip(":").rpartition(":")[2]
    stands = Word.objects.filter(pk=int(number), sealed_at=None).exclude(text="").exists()
    return "" if stands else "not-visible"


def _send(contact: Contact, word: Word, by: Member) -> None:
    person = contact.member_id or 0
    with override(contact.language):
        paper = letters.answer(contact, word.text, by.shown_name)
    queue_mail(
        to=contact.mail_address,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=ANSWER,
        key=f"{mails_about(contact.pk)}answer:{word.pk}:",
        headers={
            **_thread(contact),
            **reply_to(what=What.CONTACT, person=person, item=contact.pk),
        },
        about=About(
            person=person or None, item=f"contact:{contact.pk}", shown_from=by.shown_name[:80]
        ),
    )


def _thread(contact: Contact) -> dict[str, str]:
    """Under their own last mail, if they wrote one."""
    by_mail = contact.words.exclude(incoming_id=None).order_by("-pk")
    incoming = by_mail.values_list("incoming_id", flat=True).first()
    row = IncomingMail.objects.filter(pk=incoming).first() if incoming else None
    headers = answering(row.message_id) if row is not None else {}
    headers.pop("Auto-Submitted", None)
    return headers


def _nothing_newer(contact: Contact, seen: int) -> None:
    newest = contact.words.filter(pk__gt=seen, sealed_at=None).order_by("-pk").first()
    if newest is not None:
        raise AlreadyDecided(newest.host_name)


def _set(contact: Contact, state: str, what: str, by: Member) -> None:
    with transaction.atomic():
        row = _locked(contact)
        if row.state == state or row.emptied_at is not None:
            return
        if state == State.WAITING:
            row.waits_since = now()
        row.state, row.claimed_by, row.claimed_at = state, None, None
        row.save()
        _note(row, what, by)


def _note(contact: Contact, what: str, by: Member) -> None:
    Deed.objects.create(contact=contact, what=what, by=by, by_name=by.shown_name)


def _locked(contact: Contact) -> Contact:
    rows = Contact.objects.select_for_update(of=("self",), no_key=True)
    found: Contact = rows.select_related("member", "claimed_by").get(pk=contact.pk)
    return found

"""What lead and deputies do with a case: look, write down, decide, write to people, close.
Called by their pages alone. Each verb adds to the log and changes nothing that is written."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from exchange.contributions import sealing
from exchange.contributions.models import State
from exchange.conversation import sealing as talk_sealing
from exchange.core import reportable
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail.actions import queue_mail
from exchange.members.models import Member
from exchange.safeguarding import letters, queries
from exchange.safeguarding.actions.reporting import seal_now
from exchange.safeguarding.models import (
    Case,
    CaseEntry,
    Concern,
    Look,
    PosterNote,
    Recusal,
    ReporterAddress,
)

What = CaseEntry.What
WRITTEN_BY_HAND = (What.NOTE, What.TOLD, What.SERVICE, What.POLICE)


class NotTheirs(Exception):
    """This member may not open this case."""


class AlreadyClosed(Exception):
    """The case is closed; nothing is added to it any more."""


class NobodyToTell(Exception):
    """There is nobody this could be sent or given to."""


def look(*, case: Case, by: Member, what: str = Look.At.CASE) -> None:
    """Every look is written down. Raises NotTheirs."""
    _check(case, by)
    Look.objects.create(case=case, by=by, what=what)


def write_down(*, case: Case, by: Member, what: str, text: str) -> CaseEntry:
    """A fact, or whom we told. Raises NotTheirs, AlreadyClosed, ValueError for other entries."""
    if what not in WRITTEN_BY_HAND:
        raise ValueError("this entry is not written by hand")
    with transaction.atomic():
        row = _locked(case, by)
        row.handler = row.handler or by
        row.save(update_fields=["handler"])
        return _entry(row, what, by, text)


def write_to_poster(*, case: Case, by: Member, text: str) -> PosterNote:
    """A private word through the Exchange. Raises as write_down, NobodyToTell."""
    with transaction.atomic():
        row = _locked(case, by)
        poster = row.person
        if poster is None or not poster.is_active or poster.erased_at:
            raise NobodyToTell
        note = PosterNote.objects.create(case=row, member=poster, text=text)
        _entry(row, What.POSTER, by, text)
        with override(poster.first_language):
            letter = letters.to_poster(text)
        _mail(poster.email, letter, poster.first_language, f"safeguarding:poster:{note.pk}")
    return note


def seal(*, case: Case, by: Member, text: str = "") -> Case:
    """Hide it from everyone now, or let it stay hidden. Raises as write_down."""
    with transaction.atomic():
        row = _decided(case, by)
        was_sealed = row.is_sealed
        seal_now(row)
        _entry(row, What.KEPT if was_sealed else What.SEALED, by, text)
    return row


def let_stand(*, case: Case, by: Member, text: str = "") -> Case:
    """Let it out again as it was, or leave it where it is. Raises as write_down."""
    with transaction.atomic():
        row = _decided(case, by)
        item = row.contribution or row.reply
        hidden = item is not None and (item.sealed_at or item.state == State.HELD)
        hidden = hidden or row.standing.is_sealed or row.standing.is_held
        if row.contribution:
            row.contribution = sealing.unseal(contribution=row.contribution)
        elif row.reply:
            row.reply = talk_sealing.unseal_reply(reply=row.reply)
        elif row.place_pk and (place := reportable.place(row.place)):
            place.unseal(row.place_pk)
        _entry(row, What.RESTORED if hidden else What.LEFT, by, text)
    return row


def withdraw(*, case: Case, by: Member, text: str = "") -> Case:
    """Withdraw it everywhere, for good. Raises as write_down."""
    with transaction.atomic():
        row = _decided(case, by)
        if row.contribution:
            row.contribution = sealing.withdraw_sealed(contribution=row.contribution)
        elif row.reply:
            row.reply = talk_sealing.withdraw_sealed_reply(reply=row.reply)
        elif row.place_pk and (place := reportable.place(row.place)):
            place.withdraw(row.place_pk)
        _entry(row, What.WITHDRAWN, by, text)
    return row


def hand_over(*, case: Case, by: Member, to: Member, text: str) -> Case:
    """Somebody else goes on, with a note of where things stand. Raises as write_down,
    NobodyToTell when the other may not open it."""
    with transaction.atomic():
        row = _locked(case, by)
        if to.pk == by.pk or to not in queries.handlers_of(row):
            raise NobodyToTell
        row.handler = to
        row.save(update_fields=["handler"])
        entry = _entry(row, What.HANDOVER, by, text)
        with override(to.first_language):
            letter = letters.handed_over(row)
        _mail(to.email, letter, to.first_language, f"safeguarding:handover:{entry.pk}")
    return row


def step_aside(*, case: Case, by: Member) -> None:
    """This handler is too near to it: the others go on, and it is hidden from this one.
    Raises as write_down, NobodyToTell when nobody else could go on."""
    with transaction.atomic():
        row = _locked(case, by)
        if len(queries.handlers_of(row)) < 2:
            raise NobodyToTell
        Recusal.objects.get_or_create(case=row, member=by)
        if row.handler_id == by.pk:
            row.handler = None
            row.save(update_fields=["handler"])
        _entry(row, What.RECUSED, by, "")
        record("case.opened", subject_type="case", subject_id=row.pk, public=False)


def close(*, case: Case, by: Member, outcome: str, text: str = "") -> Case:
    """Done. Those who wished to are told, and the retention begins. Raises as write_down."""
    with transaction.atomic():
        row = _locked(case, by)
        row.closed_at = now()
        row.decided_at = row.decided_at or row.closed_at
        row.outcome = outcome
        row.handler = row.handler or by
        row.keep_until = row.closed_at + timedelta(days=settings.SAFEGUARDING_KEEP_DAYS)
        row.save(update_fields=["closed_at", "decided_at", "outcome", "handler", "keep_until"])
        _entry(row, What.CLOSED, by, text)
        _tell_reporters(row)
    return row


def _tell_reporters(case: Case) -> None:
    """Each once, by what they gave for it; a visitor's address goes away with it."""
    acted = case.outcome in (Case.Outcome.ACTED, Case.Outcome.PASSED_ON)
    told = False
    for concern in case.concerns.filter(tell_outcome=True).select_related("reporter", "address"):
        address, language = _where(concern)
        if not address:
            continue
        with override(language):
            letter = letters.outcome(acted=acted)
        _mail(address, letter, language, f"safeguarding:outcome:{concern.pk}")
        told = True
    ReporterAddress.objects.filter(concern__case=case).delete()
    if told:
        _entry(case, What.OUTCOME, None, "")


def _where(concern: Concern) -> tuple[str, str]:
    reporter = concern.reporter
    if reporter is not None:
        reachable = reporter.is_active and not reporter.erased_at
        return (reporter.email if reachable else ""), reporter.first_language
    kept = getattr(concern, "address", None)
    return (kept.address if kept else ""), concern.language


def _decided(case: Case, by: Member) -> Case:
    row = _locked(case, by)
    row.decided_at = now()
    row.handler = row.handler or by
    row.save(update_fields=["decided_at", "handler"])
    return row


def _locked(case: Case, by: Member) -> Case:
    _check(case, by)
    rows = Case.objects.select_for_update(of=("self",))
    row: Case = rows.select_related("contribution", "reply", "person").get(pk=case.pk)
    if row.closed_at:
        raise AlreadyClosed
    return row


def _check(case: Case, by: Member) -> None:
    if not Case.objects.handled_by(by).filter(pk=case.pk).exists():
        raise NotTheirs


def _entry(case: Case, what: str, by: Member | None, text: str) -> CaseEntry:
    entry: CaseEntry = CaseEntry.objects.create(case=case, what=what, by=by, text=text)
    return entry


def _mail(to: str, letter: letters.Letter, language: str, key: str) -> None:
    queue_mail(
        to=to,
        subject=letter.subject,
        text=letter.text,
        language=language,
        purpose="safeguarding",
        key=key,
    )

"""Saying with which organisations one works, and asking to look after a page.
Each verb is one transaction and one entry in the ledger."""

from __future__ import annotations

from django.db import transaction

from exchange.core.time import now
from exchange.members.models import Member
from exchange.organisations import rules
from exchange.organisations.actions.rows import entry, hosts_only, locked
from exchange.organisations.errors import ChangedMeanwhile, NotAllowed, TooMany
from exchange.organisations.models import Belonging, Organisation

Role = Belonging.Role


def say_works_there(*, organisation: Organisation, member: Member) -> Belonging:
    """That a member works there; twice is once. Raises NotAllowed, TooMany."""
    if not rules.may_write(member):
        raise NotAllowed
    with transaction.atomic():
        row = locked(organisation)
        others = Belonging.objects.filter(member=member).exclude(organisation=row)
        if others.count() >= rules.MOST_BELONGINGS:
            raise TooMany
        belonging, is_new = Belonging.objects.get_or_create(organisation=row, member=member)
        if is_new:
            entry("organisation.joined", row.pk, member)
    return belonging


def say_works_there_no_more(*, belonging: Belonging) -> None:
    """They take it back; with it goes that they looked after the page."""
    with transaction.atomic():
        gone, _rows = Belonging.objects.filter(pk=belonging.pk).delete()
        if gone:
            entry("organisation.left", belonging.organisation_id, belonging.member)


def ask_to_speak(*, organisation: Organisation, member: Member, words: str) -> Belonging:
    """A member asks to look after the page, and says why; a host decides. Raises NotAllowed."""
    with transaction.atomic():
        belonging = say_works_there(organisation=organisation, member=member)
        if rules.speaks(belonging):
            return belonging
        belonging.words, belonging.asked_at, belonging.decided_at = words, now(), None
        belonging.decided_by = None
        belonging.save(update_fields=["words", "asked_at", "decided_at", "decided_by"])
        entry("organisation.claimed", organisation.pk, member, public=False)
    return belonging


def accept_speaker(*, belonging: Belonging, by: Member) -> Belonging:
    """A host lets them look after the page. Raises NotAllowed, ChangedMeanwhile."""
    return _decide(belonging, by, Role.SPEAKS, "organisation.claim_accepted", "")


def decline_speaker(*, belonging: Belonging, by: Member, note: str) -> Belonging:
    """A host says no, with a kind note; that they work there stays."""
    return _decide(belonging, by, Role.WORKS, "organisation.claim_declined", note)


def speaks_no_more(*, belonging: Belonging, by: Member) -> None:
    """A host, or they themselves, ends that somebody looks after a page."""
    if not (by.is_host or by.pk == belonging.member_id):
        raise NotAllowed
    with transaction.atomic():
        rows = Belonging.objects.filter(pk=belonging.pk, role=Role.SPEAKS)
        if rows.update(role=Role.WORKS, asked_at=None, decided_at=now(), decided_by=by):
            entry("organisation.claim_ended", belonging.organisation_id, by)


def _decide(belonging: Belonging, by: Member, role: str, kind: str, note: str) -> Belonging:
    hosts_only(by)
    # Nobody decides about themselves.
    if by.pk == belonging.member_id:
        raise NotAllowed
    with transaction.atomic():
        rows = Belonging.objects.select_for_update(of=("self",), no_key=True)
        row = rows.filter(pk=belonging.pk, asked_at__isnull=False, decided_at=None).first()
        if row is None:
            raise ChangedMeanwhile
        row.role, row.decided_at, row.decided_by, row.note = role, now(), by, note
        # What they wrote to be believed is of no further use.
        row.words = ""
        row.save(update_fields=["role", "decided_at", "decided_by", "note", "words"])
        entry(kind, row.organisation_id, by, member=row.member_id)
    return row

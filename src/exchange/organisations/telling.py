"""Writing to whoever asked something about an organisation what became of it.
Called by the hooks; each writes at most one mail to one person and may be called again."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext, override

from exchange.ledger.models import Event
from exchange.mail.actions import About, queue_mail
from exchange.members.models import Member
from exchange.organisations import letters
from exchange.organisations.letters import Letter
from exchange.organisations.models import Belonging, Change, Organisation

PURPOSE = "organisations"


def of_claim(event: Event) -> None:
    """Whether somebody looks after a page now, if it still stands so."""
    rows = Belonging.objects.select_related("organisation", "member")
    row = rows.filter(
        organisation_id=event.subject_id, member_id=int(event.detail["member"])
    ).first()
    if row is None or row.decided_at is None:
        return
    organisation, note = row.organisation, row.note
    if event.kind == "organisation.claim_accepted" and row.role == Belonging.Role.SPEAKS:
        _write(row.member, lambda: letters.may_look_after(organisation), event)
    elif event.kind == "organisation.claim_declined" and row.role == Belonging.Role.WORKS:
        _write(row.member, lambda: letters.may_not(organisation, note), event)


def of_proposal(event: Event) -> None:
    """Whether an organisation has a page now."""
    row = Organisation.objects.select_related("proposed_by").filter(pk=event.subject_id).first()
    if row is None or row.proposed_by is None or row.proposed_by_id == event.actor_id:
        return
    if row.gone_at is not None and row.checked_at is None:
        _write(row.proposed_by, lambda: letters.has_none(row, row.note), event)
    elif row.gone_at is None:
        _write(row.proposed_by, lambda: letters.has_a_page(row), event)


def of_words(event: Event) -> None:
    """What became of words that had to wait."""
    rows = Change.objects.select_related("organisation", "by")
    change = rows.filter(pk=int(event.detail.get("change", 0))).first()
    if change is None or change.by is None or change.by_id == event.actor_id:
        return
    organisation, note = change.organisation, change.note
    if change.state == Change.State.STANDS:
        _write(change.by, lambda: letters.words_stand(organisation), event)
    elif change.state == Change.State.DECLINED:
        _write(change.by, lambda: letters.words_do_not(organisation, note), event)


def _write(member: Member, write: Callable[[], Letter], event: Event) -> None:
    if not member.is_active or member.erased_at is not None or member.is_demo:
        return
    with override(member.first_language):
        letter = write()
        subject = gettext("A message for you") if member.neutral_subjects else letter.subject
    queue_mail(
        to=member.email,
        subject=subject,
        text=letter.text,
        language=member.first_language,
        purpose=PURPOSE,
        key=f"organisations:{event.pk}:{member.pk}",
        about=About(person=member.pk),
    )

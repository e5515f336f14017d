"""What stands before anything is reported: naming lead and deputies, reading the policy, confirming
helplines. Called by the desk's pages and by the command on the machine."""

from __future__ import annotations

from django.db import transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.safeguarding.models import HelplineCheck, PolicyReview, SafeguardingRole

Role = SafeguardingRole.Role


def appoint(*, member: Member, role: str, by: Member | None = None) -> SafeguardingRole:
    """Name the lead (there is one; the one before steps down) or a deputy. Doing it twice
    changes nothing. Nobody `by` means: on the machine."""
    with transaction.atomic():
        current = SafeguardingRole.objects.select_for_update(of=("self",)).filter(until=None)
        same = current.filter(member=member, role=role).first()
        if same:
            return same
        current.filter(member=member).update(until=now())
        if role == Role.LEAD:
            current.filter(role=Role.LEAD).update(until=now())
        row = SafeguardingRole.objects.create(member=member, role=role, appointed_by=by)
        _record("safeguarding.appointed", member, by)
    return row


def step_down(*, member: Member, by: Member | None = None) -> bool:
    """This member looks after safeguarding no more. Says whether they did before."""
    with transaction.atomic():
        ended = SafeguardingRole.objects.filter(member=member, until=None).update(until=now())
        if ended:
            _record("safeguarding.stepped_down", member, by)
    return bool(ended)


def review_policy(*, by: Member) -> PolicyReview:
    """A host has read the policy page and made it fit."""
    with transaction.atomic():
        review = PolicyReview.objects.create(by=by, by_name=by.shown_name)
        record(
            "policy.reviewed",
            subject_type="policy_review",
            subject_id=review.pk,
            actor_id=by.pk,
            public=False,
        )
    return review


def confirm_helpline(*, country: str, number: str, by: Member) -> HelplineCheck:
    """A host knows that this number is right today."""
    with transaction.atomic():
        check, _made = HelplineCheck.objects.update_or_create(
            country=country, number=number, defaults={"at": now(), "by": by}
        )
        record(
            "helpline.confirmed",
            subject_type="helpline_check",
            subject_id=check.pk,
            actor_id=by.pk,
        )
    return check


def _record(kind: str, member: Member, by: Member | None) -> None:
    record(
        kind,
        subject_type="member",
        subject_id=member.pk,
        actor_id=by.pk if by else None,
        public=False,
    )

"""Drafts: what somebody is still writing, kept on the server as typed, word by word.
Called by the views of contributions and conversation and by the draft address."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.errors import ChangedMeanwhile
from exchange.contributions.models import Contribution, Draft
from exchange.core.text import clean
from exchange.core.time import now
from exchange.members.models import Member

MOST_DRAFTS = 40
MOST_LETTERS = 60_000


def keep(
    *,
    key: str,
    member: Member,
    kind: str,
    answers: dict[str, list[str]],
    step: str = "",
    about: Contribution | None = None,
    version: int | None = None,
) -> Draft:
    """Keep what was typed under the form's key. Raises ChangedMeanwhile when another tab has
    kept newer words than `version` (None: whatever is there gives way)."""
    with transaction.atomic():
        draft, fresh = Draft.objects.select_for_update().get_or_create(
            key=key, member=member, defaults={"kind": kind, "about": about}
        )
        if not fresh and version is not None and version != draft.version:
            raise ChangedMeanwhile(draft.version)
        draft.answers = {**draft.answers, **_cleaned(answers)}
        draft.step = step or draft.step
        draft.version += 1
        draft.changed_at = now()
        draft.save()
        _drop_oldest(member)
    return draft


def of(member: Member, key: str) -> Draft | None:
    """The member's own draft of a key; other people's drafts do not exist for them."""
    return Draft.objects.filter(member=member, key=key).first()


def unfinished(member: Member) -> list[Draft]:
    """What the member has not sent yet, the latest first."""
    return list(Draft.objects.filter(member=member).order_by("-changed_at")[:20])


def drop(*, key: str, member: Member) -> None:
    """The draft was sent, or its writer threw it away."""
    Draft.objects.filter(key=key, member=member).delete()


def _cleaned(answers: dict[str, list[str]]) -> dict[str, list[str]]:
    return {
        name[:40]: [clean(value)[:MOST_LETTERS] for value in values[:40]]
        for name, values in answers.items()
    }


def _drop_oldest(member: Member) -> None:
    surplus = Draft.objects.filter(member=member).order_by("-changed_at")[MOST_DRAFTS:]
    Draft.objects.filter(pk__in=[draft.pk for draft in surplus]).delete()

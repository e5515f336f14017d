"""Sharing with everybody what was written inside a group: its author does so, or agrees when a host of
the group asks. The answers stay inside. Called by views, mail and the page of a contribution."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions import actions, drafts, kinds
from exchange.contributions.actions import content_of
from exchange.contributions.errors import NotAllowed
from exchange.contributions.experience_forms import ExperienceForm
from exchange.contributions.forms import FORMS, OpenerForm
from exchange.contributions.models import Contribution, Draft, State
from exchange.contributions.rules import is_hosting
from exchange.core import ids
from exchange.hubs.models import Space
from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.members.models import Member

KINDS = ("question", "experience", "idea", "discussion")
ASKED = "contribution.share_asked"
_FIELD = "shared_from"


def may_share_on(member: Member, row: Contribution) -> bool:
    """Its author, while it stands inside."""
    return row.state == State.INSIDE and row.author_id == member.pk and row.kind in KINDS


def may_ask(member: Member, row: Contribution) -> bool:
    """A host of the group, of somebody else, once."""
    if row.state != State.INSIDE or row.kind not in KINDS or row.author_id in (None, member.pk):
        return False
    return is_hosting(member, row) and not _was_asked(row)


def begin(*, row: Contribution, by: Member) -> Draft:
    """Its words as a draft of something new, to be looked at once more. Raises NotAllowed."""
    if not may_share_on(by, row):
        raise NotAllowed
    forms: dict[str, type[OpenerForm]] = {**FORMS, "experience": ExperienceForm}
    form = forms[row.kind]
    full = kinds.get(row.kind).full(row)
    answers = {name: _listed(value) for name, value in form.initial_of(full).items() if value}
    key = f"on-{row.pk}-{ids.new_id()}"[:40]
    answers[_FIELD] = [str(row.pk)]
    return drafts.keep(key=key, member=by, kind=row.kind, answers=answers)


def note_source(*, row: Contribution, draft: Draft | None) -> None:
    """What was sent from such a draft knows where it came from, if that is still its author's."""
    number = (draft.answers.get(_FIELD) or [""])[0] if draft else ""
    if draft is None or not number.isdecimal() or len(number) > 18:
        return
    source = Contribution.objects.filter(pk=int(number), author=row.author_id, state=State.INSIDE)
    if row.author_id is not None and not row.is_inside and source.exists():
        Contribution.objects.filter(pk=row.pk, shared_from=None).update(shared_from=int(number))


def share_as_it_is(*, row: Contribution, by: Member) -> Contribution:
    """The author said yes by mail: the same words go out through the gates, as a new one.
    Raises as submit."""
    if not may_share_on(by, row):
        raise NotAllowed
    full = kinds.get(row.kind).full(row)
    parts = {name: getattr(full, name) for name, _h in getattr(full, "PARTS", ())}
    content = content_of(full, title=row.title, body=row.body, parts=parts)
    with transaction.atomic():
        shared = actions.submit(
            kind=row.kind, content=content, author=by, once_key=f"on-{row.pk}", origin="mail"
        )
        Contribution.objects.filter(pk=shared.pk, shared_from=None).update(shared_from=row.pk)
    return shared


def ask(*, row: Contribution, by: Member) -> None:
    """Ask its author whether it may go to everybody. Raises NotAllowed, also the second time."""
    with transaction.atomic():
        locked = Contribution.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if not may_ask(by, locked):
            raise NotAllowed
        record(
            ASKED,
            subject_type="contribution",
            subject_id=row.pk,
            actor_id=by.pk,
            public=False,
        )


def shared_as(row: Contribution) -> Contribution | None:
    """What everybody may read of something that stands inside."""
    found: Contribution | None = (
        Contribution.objects.listed().for_lists().filter(shared_from=row.pk).order_by("pk").first()
    )
    return found


def first_in(row: Contribution) -> Space | None:
    """Where it was shared first, if the world may know that."""
    if row.shared_from_id is None:
        return None
    source = Contribution.objects.filter(pk=row.shared_from_id).values("space_id")
    listed = Space.objects.visible_to(None).filter(is_sensitive=False)
    found: Space | None = listed.filter(pk__in=source).first()
    return found


def _was_asked(row: Contribution) -> bool:
    asked = Event.objects.filter(kind=ASKED, subject_type="contribution", subject_id=row.pk)
    return asked.exists()


def _listed(value: object) -> list[str]:
    many = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in many]

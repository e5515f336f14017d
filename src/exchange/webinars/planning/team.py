"""Who does what in a webinar: tasks of members; presenters, who are asked and answer for themselves.
Called by hosts' pages and by the page of a presenter."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from exchange.contributions.errors import NotAllowed
from exchange.core import ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Asked, Phase, Presenter, TeamMember, Webinar
from exchange.webinars.planning import letters, rules
from exchange.webinars.planning.actions import must_pass

Answer = Presenter.Answer


def set_task(*, webinar: Webinar, member: Member, task: str, has_it: bool, by: Member) -> None:
    """Give a member a task in this webinar, or take it away. Raises NotAllowed."""
    if not rules.may_plan(by) or not member.is_active or task not in TeamMember.Task.values:
        raise NotAllowed
    with transaction.atomic():
        rows = TeamMember.objects.filter(webinar=webinar, member=member, task=task)
        # Held, so that two hosts at once give it once.
        Webinar.objects.select_for_update(of=("self",), no_key=True).get(pk=webinar.pk)
        if not has_it:
            rows.delete()
        elif not rows.exists():
            given = TeamMember.objects.create(webinar=webinar, member=member, task=task)
            letters.tell_task(given)


def ask_presenter(
    *,
    webinar: Webinar,
    name: str,
    by: Member,
    role: str = "",
    words: str = "",
    member: Member | None = None,
    email: str = "",
) -> Presenter:
    """Ask somebody to speak, by a letter with a page of their own. Nothing of them is shown before
    they agree. Raises NotAllowed, AlreadyDone when they were asked, Refused, Noticed."""
    if not rules.may_plan(by) or not (member or email):
        raise NotAllowed
    must_pass("\n\n".join(filter(None, [name, role, words])), by=by, language=webinar.language)
    try:
        with transaction.atomic():
            if not member and webinar.presenters.filter(email=email).exists():
                raise AlreadyDone
            presenter = Presenter.objects.create(
                webinar=webinar,
                member=member,
                email="" if member else email,
                name=name,
                role=role,
                words=words,
                place=webinar.presenters.count() + 1,
            )
            letters.ask_presenter(presenter)
    except IntegrityError as error:
        raise AlreadyDone from error
    return presenter


def answer_presenter(
    *,
    presenter: Presenter,
    agrees: bool,
    may_be_named: bool = True,
    may_be_recorded: bool = False,
) -> Presenter:
    """What they say for themselves; they may say something else later. Raises NotNow when it is
    over or called off and they would only now agree."""
    with transaction.atomic():
        row = Presenter.objects.select_for_update(of=("self",), no_key=True).get(pk=presenter.pk)
        webinar = row.webinar
        if not agrees:
            return _gone(row, Answer.DECLINED if row.answer == Answer.ASKED else Answer.LEFT)
        if row.answer != Answer.AGREED and not webinar.is_coming:
            raise NotNow
        row.answer, row.answered_at = Answer.AGREED, now()
        row.may_be_named, row.may_be_recorded = may_be_named, may_be_recorded
        row.save(update_fields=["answer", "answered_at", "may_be_named", "may_be_recorded"])
        if not may_be_named:
            _unname(row)
        _tell(row)
    return row


def take_off(*, presenter: Presenter, by: Member) -> None:
    """A host takes somebody off: asked by mistake, or wished by telephone. Raises NotAllowed."""
    if not rules.may_plan(by):
        raise NotAllowed
    with transaction.atomic():
        answer_presenter(presenter=presenter, agrees=False)
        # Nor do they come back by the link they have.
        Presenter.objects.filter(pk=presenter.pk).update(key=ids.new_id())


def _gone(row: Presenter, answer: Presenter.Answer) -> Presenter:
    """Their name leaves with them: the page, the calendar and the live pages read it from here."""
    if row.answer in (Answer.DECLINED, Answer.LEFT):
        return row
    row.answer, row.answered_at = answer, now()
    row.email, row.words, row.may_be_recorded = "", "", False
    row.save(update_fields=["answer", "answered_at", "email", "words", "may_be_recorded"])
    _unname(row)
    letters.forget_presenter(row)
    letters.tell_presenter_left(row)
    _tell(row)
    return row


def _unname(row: Presenter) -> None:
    """Answers they gave stay, without their name."""
    Asked.objects.filter(webinar_id=row.webinar_id, answered_as=row.name).exclude(
        answered_as=""
    ).update(answered_as="")


def _tell(row: Presenter) -> None:
    webinar = row.webinar
    record(
        "webinar.changed",
        subject_type="webinar",
        subject_id=webinar.pk,
        actor_id=row.member_id,
        detail={"presenter": row.pk},
        public=webinar.is_public and webinar.phase != Phase.CANCELLED,
    )

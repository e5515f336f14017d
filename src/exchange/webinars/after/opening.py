"""Questions the hour had no time for: each becomes a question of its own, with a presenter asked
and a day by which. Called by the hosts' pages, by clocks and by hooks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from exchange.contributions.actions import bring_in
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core import text
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Asked, Presenter, Webinar

DAYS_TO_ANSWER = 14
REMIND_BEFORE = 3
LONGEST_TITLE = 140
# Its origin on the shared table: asked in a webinar.
ORIGIN = "webinar"


def unanswered(webinar: Webinar) -> QuerySet[Asked]:
    """What was on the wall and had no answer, those of most voices first."""
    left: QuerySet[Asked] = webinar.asked.filter(
        Q(state__in=(Asked.State.SHOWN, Asked.State.ANSWERING)), question=None, sealed_at=None
    )
    return left.order_by("-votes", "at", "pk")


def open_question(
    *, asked: Asked, presenter: Presenter | None, due_on: date | None, by: Member
) -> Contribution:
    """Let it go on as a question that everybody can answer; the presenter is asked by mail. It is
    the asker's own where they asked under their member's name, else nobody's.
    Raises NotAllowed, NotNow, AlreadyDone when it goes on already."""
    if not by.is_host:
        raise NotAllowed
    if not asked.webinar.is_over or not asked.text.strip():
        raise NotNow
    if presenter is not None and (
        presenter.webinar_id != asked.webinar_id or presenter.answer != Presenter.Answer.AGREED
    ):
        raise NotAllowed
    with transaction.atomic():
        row = Asked.objects.select_for_update(of=("self",), no_key=True).get(pk=asked.pk)
        if row.question_id is not None or row.state not in Asked.ON_THE_WALL:
            raise AlreadyDone
        question = _written(row, by)
        row.question, row.presenter = question, presenter
        row.due_on = due_on or (now() + timedelta(days=DAYS_TO_ANSWER)).date()
        row.save(update_fields=["question", "presenter", "due_on"])
        record("asked.opened", subject_type="asked", subject_id=row.pk, actor_id=by.pk)
    return question


def let_answer_out(*, asked: Asked, by: Member) -> Reply:
    """What a presenter without an account wrote by mail, as an answer that says whose it is.
    Raises NotAllowed, NotNow without such words, and as `conversation.actions.answer`."""
    if not by.is_host or asked.sealed_at is not None:
        raise NotAllowed
    if asked.question is None or not asked.mailed.strip() or asked.answered_at is not None:
        raise NotNow
    reply = answer(
        contribution=asked.question,
        author=by,
        body=f"{asked.answered_as or _('A presenter')}: {asked.mailed}",
        language=asked.language,
        once_key=f"asked-answer-{asked.pk}",
        insist=True,
    )
    # What was taken down since stays down.
    on_the_wall = Asked.objects.filter(pk=asked.pk, sealed_at=None, state__in=Asked.ON_THE_WALL)
    on_the_wall.update(answered_at=now(), state=Asked.State.ANSWERED, answer=asked.mailed)
    return reply


def keep_mailed_answer(*, asked: Asked, words: str) -> None:
    """What a presenter without an account wrote by mail; a host lets it out."""
    with transaction.atomic():
        presenter = asked.presenter
        Asked.objects.filter(pk=asked.pk, answered_at=None).update(
            mailed=words[:4000],
            answered_as=presenter.name if presenter and presenter.is_shown else "",
        )
        record("asked.mailed", subject_type="asked", subject_id=asked.pk, public=False)


def answered_elsewhere(*, question_id: int) -> list[Asked]:
    """The first answer to such a question came: the wall says so. Gives those whose asker is still
    to be told."""
    with transaction.atomic():
        rows = Asked.objects.select_for_update(of=("self",), no_key=True).filter(
            question_id=question_id
        )
        left = list(rows.filter(told_asker_at=None).select_related("seat__member"))
        # What was taken down since stays down.
        on_the_wall = rows.filter(answered_at=None, state__in=Asked.ON_THE_WALL)
        on_the_wall.update(answered_at=now(), state=Asked.State.ANSWERED)
        rows.filter(told_asker_at=None).update(told_asker_at=now())
    return left


def due(day: date) -> QuerySet[Asked]:
    """Those a presenter is to be reminded of on this day, or whose day passed yesterday."""
    rows = Asked.objects.filter(question__isnull=False, answered_at=None)
    near = Q(due_on=day + timedelta(days=REMIND_BEFORE)) | Q(due_on=day - timedelta(days=1))
    found: QuerySet[Asked] = rows.filter(near).select_related("webinar", "presenter__member")
    return found


def _written(row: Asked, by: Member) -> Contribution:
    webinar: Any = row.webinar
    words = row.text.strip()
    title = text.excerpt(" ".join(words.split()), LONGEST_TITLE)
    own = row.member is not None and row.member.shown_name == row.shown_as
    return bring_in(
        kind="question",
        content=Content(
            title=title,
            body=words if title != words else "",
            language=row.language,
            topics=tuple(webinar.topic_slugs),
            countries=tuple(webinar.country_codes),
            setting=webinar.setting,
            mechanism=webinar.mechanism,
        ),
        shown_as=row.shown_as,
        by=by,
        author=row.member if own else None,
        origin=ORIGIN,
    )

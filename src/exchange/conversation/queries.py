"""What a contribution's page needs: its answers in order, the reader's own marks and follow.
Called by views of this room and of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import Coalesce

from exchange.contributions import drafts, renderings
from exchange.contributions.models import Contribution, State
from exchange.contributions.renderings import Rendering
from exchange.conversation import rules
from exchange.conversation.models import Follow, Mark, Reply
from exchange.core import languages
from exchange.core.time import now
from exchange.members.models import Member

# Twenty answers of real prose, with their style sheet, are under one round trip's 14 kB.
ANSWERS_A_PAGE = 20
# What a newcomer may answer in a day.
NEWCOMERS_ANSWER = 10


@dataclass(frozen=True)
class Shown:
    """One answer as a page shows it to one reader."""

    reply: Reply
    words: tuple[Shown, ...] = ()
    is_own: bool = False
    marked_helped: bool = False
    may_mark: bool = False
    may_accept: bool = False
    may_revise: bool = False
    may_answer: bool = False
    # The words the reader sees first, in a language of theirs; the original stands below.
    rendering: Rendering | None = None
    # In none of the languages the reader named: one line says so, and opens it.
    is_folded: bool = False

    @property
    def language_name(self) -> str:
        """The language it is written in, as the page's calls it."""
        return languages.named(self.reply.language)

    @property
    def is_waiting(self) -> bool:
        return not self.reply.is_out


@dataclass(frozen=True)
class Talk:
    """Everything said to a contribution, as one reader sees one page of it."""

    answers: list[Shown] = field(default_factory=list)
    page: Page[Reply] | None = None
    follow: Follow | None = None
    marked_helped: bool = False
    may_reply: bool = False
    may_mark: bool = False
    # The contribution's own words in a language of the reader's.
    rendering: Rendering | None = None


def is_at_newcomers_limit(member: Member) -> bool:
    """Whether a newcomer has given ten answers within a day that wait or are out."""
    if not member.is_newcomer:
        return False
    lately = Reply.objects.filter(
        author=member,
        state__in=(State.WAITING, State.PUBLISHED),
        created_at__gt=now() - timedelta(days=1),
    )
    return lately.count() >= NEWCOMERS_ANSWER


def talk(contribution: Contribution, reader: Member | None, number: int = 1) -> Talk:
    """The answers a reader may see, a page of them, each with the words said to it."""
    visible = Reply.objects.visible_to(reader).filter(contribution_id=contribution.pk)
    visible = visible.exclude(state=State.WITHDRAWN)
    page = _page(contribution, visible, reader, number)
    below = _below(visible, page)
    marks, follow = _of_reader(contribution, reader)
    said = [*page, *(one for some in below.values() for one in some)]
    carried = _carried(contribution, reader, said)
    show = _shower(contribution, reader, marks, carried)
    answers = [
        show(reply, tuple(show(word, ()) for word in below.get(reply.pk, ()))) for reply in page
    ]
    return Talk(
        answers=answers,
        page=page,
        follow=follow,
        marked_helped=None in marks,
        may_reply=reader is not None and rules.may_reply(reader, contribution),
        may_mark=contribution.is_out
        and reader is not None
        and rules.may_mark_helped(reader, contribution.author_id),
        rendering=_first(carried, 0, contribution.language, reader),
    )


def begun_answer(contribution: Contribution, reader: Member | None, to: str) -> dict[str, str]:
    """An answer the reader began earlier and did not send, as the form starts with it."""
    draft = drafts.of(reader, draft_key(contribution, to)) if reader else None
    return {name: values[0] for name, values in draft.answers.items() if values} if draft else {}


def draft_key(contribution: Contribution, to: str) -> str:
    """The key under which the answer form keeps its words."""
    return f"answer-{contribution.pk}-{to}"[:40]


def _page(
    contribution: Contribution, visible: QuerySet[Reply], reader: Member | None, number: int
) -> Page[Reply]:
    """Answers that answered come first, then in the order they were given. Counted only when
    the counter kept on the row says there can be more than a page."""
    # nulls_last: the two databases would put empty dates on different ends.
    # Not "parent is null": SQLite may think that few rows are, and go through most of the table.
    top: Any = visible.alias(under=Coalesce("parent_id", 0)).filter(under=0)
    ordered: QuerySet[Reply] = top.order_by(
        F("answered_at").asc(nulls_last=True), "created_at", "id"
    )
    if contribution.reply_count <= ANSWERS_A_PAGE and reader is None:
        return Paginator(list(ordered), ANSWERS_A_PAGE).get_page(1)
    if number > 0:
        # The page and how many there are in all, in one question.
        start = (number - 1) * ANSWERS_A_PAGE
        counted = ordered.annotate(of=Window(Count("pk")))[start : start + ANSWERS_A_PAGE]
        rows = list(counted)
        if rows:
            pages = Paginator(ordered, ANSWERS_A_PAGE)
            pages.__dict__["count"] = rows[0].of  # what a cached property would ask again
            return Page(rows, number, pages)
    return Paginator(ordered, ANSWERS_A_PAGE).get_page(number)


def _below(visible: QuerySet[Reply], page: Page[Reply]) -> dict[int, list[Reply]]:
    rows: dict[int, list[Reply]] = {}
    parents = [reply.pk for reply in page]
    for word in visible.filter(parent_id__in=parents).order_by("created_at", "id"):
        rows.setdefault(word.parent_id or 0, []).append(word)
    return rows


def _of_reader(
    contribution: Contribution, reader: Member | None
) -> tuple[set[int | None], Follow | None]:
    if reader is None:
        return set(), None
    marks = Mark.objects.filter(
        member=reader, contribution_id=contribution.pk, kind=Mark.Kind.HELPED
    ).values_list("reply_id", flat=True)
    follow = Follow.objects.filter(member=reader, contribution_id=contribution.pk).first()
    return set(marks), follow


Carried = dict[int, list[Rendering]]


def _carried(
    contribution: Contribution, reader: Member | None, replies: Sequence[Reply]
) -> Carried:
    """What can be read in the reader's languages of this page. Not asked where all of it is
    written in the first of them."""
    spoken = renderings.read_by(reader)
    foreign = contribution.language != spoken[0] and contribution.translated_into.strip()
    if not foreign and all(reply.language == spoken[0] for reply in replies):
        return {}
    return renderings.of_page(contribution, reader, spoken)


def _first(carried: Carried, number: int, language: str, reader: Member | None) -> Rendering | None:
    found = carried.get(number)
    return renderings.best(language, found, renderings.read_by(reader)) if found else None


def _shower(
    contribution: Contribution,
    reader: Member | None,
    marks: set[int | None],
    carried: Carried,
) -> Callable[[Reply, tuple[Shown, ...]], Shown]:
    accepts = reader is not None and rules.may_accept(reader, contribution)
    answers = reader is not None and rules.may_reply(reader, contribution)

    spoken = renderings.read_by(reader)

    def show(reply: Reply, words: tuple[Shown, ...]) -> Shown:
        # Known already, and asked about by the rules.
        reply.contribution = contribution
        out = reply.is_out
        rendering = _first(carried, reply.pk, reply.language, reader)
        own = reader is not None and reply.author_id == reader.pk
        is_read = own or reader is None or reply.language.split("-")[0] in spoken
        return Shown(
            reply=reply,
            words=words,
            is_own=own,
            marked_helped=reply.pk in marks,
            may_mark=out and reader is not None and rules.may_mark_helped(reader, reply.author_id),
            may_accept=out and accepts and reply.parent_id is None,
            may_revise=reader is not None and rules.may_revise_reply(reader, reply),
            may_answer=out and answers,
            rendering=rendering,
            is_folded=rendering is None and not is_read,
        )

    return show

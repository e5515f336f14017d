"""Reads of the translating room: what is wanted, begun, waiting and out, and its words for others.
Called by views, actions and hooks of this room, and through `contributions.renderings`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.contributions.models import Contribution
from exchange.contributions.renderings import Rendering
from exchange.conversation.models import Reply
from exchange.core.text import excerpt
from exchange.core.waiting import Wait
from exchange.members.models import Member
from exchange.translating import rules
from exchange.translating.models import Remark, Translation, Wish

State = Translation.State
_MOST_WANTED = 30


@dataclass(frozen=True)
class Wanted:
    """A text that people asked for in a language, with how many did."""

    contribution: Contribution
    reply: Reply | None
    language: str
    count: int

    @property
    def source(self) -> Contribution | Reply:
        return self.reply if self.reply is not None else self.contribution

    @property
    def first_words(self) -> str:
        """An answer has no title."""
        return excerpt(self.reply.body, 90) if self.reply is not None else self.contribution.title


def of_source(
    contribution: Contribution, reply: Reply | None, language: str
) -> QuerySet[Translation]:
    """Everything made of one text in one language."""
    rows: QuerySet[Translation] = Translation.objects.filter(
        contribution=contribution, reply=reply, language=language
    )
    return rows


def is_out_in(contribution: Contribution, reply: Reply | None, language: str) -> bool:
    return of_source(contribution, reply, language).filter(state=State.PUBLISHED).exists()


def is_trusted(member: Member, language: str) -> bool:
    """Whether second readers have let out enough of theirs in this language."""
    seen = Translation.objects.filter(translator=member, language=language, reviewer__isnull=False)
    return seen.filter(state__in=(State.PUBLISHED, State.REPLACED)).count() >= rules.TRUSTED_AFTER


def wanted(reader: Member | None, *, source: str = "", target: str = "") -> list[Wanted]:
    """What people asked for and nobody has begun, most asked for first; between two languages, or
    any. In three questions."""
    readable = Contribution.objects.visible_to(reader).filter(state__in=("published", "inside"))
    rows = Wish.objects.filter(contribution__in=readable.values("pk")).filter(
        Q(reply=None) | Q(reply__in=Reply.objects.visible_to(reader).values("pk"))
    )
    if target:
        rows = rows.filter(language=target)
    if source:
        whose = Q(reply=None, contribution__language=source) | Q(reply__language=source)
        rows = rows.filter(whose)
    begun = Translation.objects.filter(
        Q(reply=OuterRef("reply")) | Q(reply=None, contribution=OuterRef("contribution")),
        language=OuterRef("language"),
        state__in=(State.WAITING, State.PUBLISHED),
    )
    found = (
        rows.exclude(Exists(begun))
        .values_list("contribution_id", "reply_id", "language")
        .annotate(n=Count("pk"))
        .order_by("-n", "contribution_id", "reply_id", "language")[:_MOST_WANTED]
    )
    return _with_sources(list(found))


def _with_sources(found: list[tuple[int, int | None, str, int]]) -> list[Wanted]:
    texts = Contribution.objects.for_lists().in_bulk([one[0] for one in found]) if found else {}
    wished = [reply for _pk, reply, _language, _n in found if reply]
    replies = Reply.objects.in_bulk(wished) if wished else {}
    return [
        Wanted(texts[pk], replies.get(reply or 0), language, n)
        for pk, reply, language, n in found
        if pk in texts and (not reply or reply in replies)
    ]


def own(member: Member) -> list[Translation]:
    """What somebody has begun, or was asked to look at again."""
    rows = Translation.objects.visible_to(member).filter(
        translator=member, state__in=(State.DRAFT, State.WAITING)
    )
    return list(rows.select_related("contribution", "reply").order_by("-changed_at")[:20])


def to_look_at(member: Member) -> list[Translation]:
    """What waits for a second reader who reads both languages."""
    rows = Translation.objects.visible_to(member).filter(state=State.WAITING)
    if not member.is_host:
        spoken = member.language_codes
        rows = rows.filter(language__in=spoken, source_language__in=spoken)
    found = rows.exclude(translator=member).select_related("contribution", "reply", "translator")
    return [row for row in found.order_by("changed_at")[:20] if rules.may_look(member, row)]


def beside(
    contribution: Contribution, reply: Reply | None, reader: Member | None
) -> list[Translation]:
    """All translations of one text that the reader may see."""
    rows = Translation.objects.visible_to(reader).filter(contribution=contribution, reply=reply)
    return list(rows.select_related("contribution", "reply").order_by("language", "pk"))


def wishes_for(
    contribution: Contribution, reply: Reply | None, reader: Member | None
) -> dict[str, tuple[int, bool]]:
    """By language how many asked for it, and whether the reader did."""
    rows = Wish.objects.filter(contribution=contribution, reply=reply)
    found: dict[str, tuple[int, bool]] = {}
    for language, member in rows.values_list("language", "member_id"):
        count, mine = found.get(language, (0, False))
        found[language] = (count + 1, mine or (reader is not None and member == reader.pk))
    return found


def history(row: Translation) -> list[Translation]:
    """What stood in its place before, the newest first."""
    rows = of_source(row.contribution, row.reply, row.language).filter(state=State.REPLACED)
    return list(rows.order_by("-changed_at", "-pk"))


def open_remarks(row: Translation) -> list[Remark]:
    """What readers said is wrong in what this one corrects or is."""
    pks = [pk for pk in (row.pk, row.corrects_id) if pk]
    return list(Remark.objects.filter(translation__in=pks, done_at=None).order_by("at"))


def waiting() -> Wait | None:
    """For the desk's morning: what waits for eyes, and no second reader has looked at."""
    rows = Translation.objects.filter(state=State.WAITING, sealed_at=None)
    rows = rows.filter(contribution__is_inside=False).order_by("changed_at")
    dates = list(rows.values_list("changed_at", flat=True)[:100])
    if not dates:
        return None
    label = ngettext("%(n)d translation", "%(n)d translations", len(dates)) % {"n": len(dates)}
    return Wait(label, reverse("translating-desk:waiting"), len(dates), dates[0])


class Kept:
    """Answers `contributions.renderings` out of our table."""

    def of_rows(self, pks: Sequence[int], language: str) -> dict[int, Rendering]:
        rows = Translation.objects.out().filter(
            contribution__in=list(pks), reply=None, language=language
        )
        found = rows.select_related("contribution", "reply")
        return {row.contribution_id: row.rendering() for row in found}

    def of_page(
        self, contribution: Contribution, reader: Member | None, languages: Sequence[str]
    ) -> dict[int, list[Rendering]]:
        rows = Translation.objects.out().filter(
            contribution=contribution, language__in=list(languages)
        )
        found: dict[int, list[Rendering]] = {}
        for row in rows.select_related("contribution", "reply"):
            found.setdefault(row.reply_id or 0, []).append(row.rendering())
        return found

    def public_texts(self, pks: Sequence[int]) -> dict[int, list[Rendering]]:
        rows = Translation.objects.public().filter(contribution__in=list(pks), reply=None)
        found: dict[int, list[Rendering]] = {}
        for row in rows.select_related("contribution", "reply").order_by("language"):
            found.setdefault(row.contribution_id, []).append(row.rendering())
        return found


def shown_state(row: Translation) -> str:
    """Where it stands, in words."""
    return _("held for a host") if row.is_held else str(State(row.state).label)

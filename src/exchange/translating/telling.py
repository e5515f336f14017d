"""Who is told of what by letter: who wrote, who asked, who translated. At once, one letter each.
Called by hooks of this room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import override

from exchange.contributions import mails
from exchange.conversation.models import Follow
from exchange.ledger.models import Event
from exchange.mail.actions import About, queue_mail
from exchange.mail.headers import list_headers, reply_to, stop_page
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper
from exchange.mail.tokens import What
from exchange.members.models import Member
from exchange.translating import letters
from exchange.translating.models import Remark, Translation, Wish

PURPOSE = "translation-told"


@dataclass(frozen=True)
class _Told:
    """One person, and why."""

    member: Member
    is_author: bool = False


def tell_readers(event: Event) -> None:
    """It is out: who wrote the original, unless they stopped letters about it, and who asked."""
    row = _row(event.subject_id, Translation.State.PUBLISHED)
    if row is None:
        return
    with transaction.atomic():
        wishes = Wish.objects.of(row.contribution_id, row.reply_id, row.language)
        for told in _readers(row, [wish.member for wish in wishes.select_related("member")]):
            _tell_of(row, told)
        wishes.delete()
        if row.reviewer_id and row.translator and _gets_mail(row.translator):
            _queue(row, row.translator, "out", lambda who: letters.is_out(row, who))


def tell_translator(event: Event) -> None:
    """Something should be changed first."""
    row = _row(event.subject_id, Translation.State.DRAFT)
    if row is not None and row.note and row.translator and _gets_mail(row.translator):
        again = f"back-{row.version}-{event.pk}"
        _queue(row, row.translator, again, lambda who: letters.sent_back(row, who))


def tell_of_remark(event: Event) -> None:
    """A reader found something wrong."""
    found = Remark.objects.select_related(
        "translation__contribution", "translation__reply", "translation__translator"
    )
    remark = found.filter(pk=event.subject_id, done_at=None).first()
    if remark is None or remark.translation.translator is None:
        return
    member = remark.translation.translator
    if _gets_mail(member):
        key = f"remark-{remark.pk}"
        _queue(remark.translation, member, key, lambda who: letters.remarked(remark, who))


def still_goes(mail: OutgoingMail) -> str:
    """The last look: the reader may still read it, or is still at work on it."""
    _sort, _colon, number = mail.item.partition(":")
    member = Member.objects.active().filter(pk=mail.person or 0).first()
    if member is None or not number.isdecimal():
        return "translation-gone"
    there = Translation.objects.visible_to(member).filter(pk=int(number))
    return "" if there.exists() else "translation-gone"


def _readers(row: Translation, wished: list[Member]) -> list[_Told]:
    author = row.source.author
    told = {one.pk: _Told(one) for one in wished}
    if author is not None and not row.corrects_id:
        told[author.pk] = _Told(author, is_author=True)
    stopped = set(
        Follow.objects.filter(
            contribution_id=row.contribution_id, member__in=list(told), level=Follow.Level.OFF
        ).values_list("member_id", flat=True)
    )
    told.pop(row.translator_id or 0, None)
    return [one for pk, one in sorted(told.items()) if pk not in stopped and _gets_mail(one.member)]


def _tell_of(row: Translation, told: _Told) -> None:
    person, item = told.member.pk, row.contribution_id
    headers = {
        **list_headers(
            name="The Exchange",
            slug=f"{row.contribution.kind}-{item}",
            thread=item,
            what=What.STOP_FOLLOW,
            person=person,
            item=item,
        ),
        **reply_to(what=What.ANSWER, person=person, item=item),
    }
    stop = stop_page(what=What.STOP_FOLLOW, person=person, item=item)
    _queue(
        row,
        told.member,
        "there",
        lambda who: letters.there(row, who, is_author=told.is_author, stop=stop),
        headers,
    )


def _queue(
    row: Translation,
    member: Member,
    sort: str,
    write: Callable[[Member], Paper],
    headers: dict[str, str] | None = None,
) -> None:
    with override(member.first_language):
        paper = write(member)
    about = (
        mails.about_reply(row.contribution_id, row.reply_id)
        if row.reply_id
        else mails.about(row.contribution_id)
    )
    queue_mail(
        to=member.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose="translation-told",
        key=f"{about}:translation:{row.pk}:{sort}:{member.pk}",
        headers=headers,
        about=About(person=member.pk, item=f"translation:{row.pk}"),
    )


def forget(row_pk: int, contribution_id: int, reply_id: int | None) -> None:
    """It was taken back: no letter about it leaves, and none keeps a word."""
    about = (
        mails.about_reply(contribution_id, reply_id) if reply_id else mails.about(contribution_id)
    )
    mails.forget(f"{about}:translation:{row_pk}")


def _gets_mail(member: Member) -> bool:
    return member.is_active and member.erased_at is None and not member.is_demo


def _row(pk: int, state: str) -> Translation | None:
    rows = Translation.objects.select_related(
        "contribution__author", "reply__author", "translator"
    ).filter(pk=pk, state=state, sealed_at=None)
    found: Translation | None = rows.first()
    return found

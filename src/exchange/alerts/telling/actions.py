"""Telling one member of one thing, now, later or in their digest; and letting go what waited.
Called by the hooks of this matter. Who may still read it, and who still wants it, is asked here,
when the mail is written, and once more before it goes (`looking`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import override

from exchange.alerts import queries as people
from exchange.alerts.channels.actions import tell_beside
from exchange.alerts.models import Level, Waiting, Wishes
from exchange.alerts.telling import letters, queries
from exchange.alerts.telling.rules import STALE, When, when
from exchange.alerts.watching import words
from exchange.alerts.wishing.actions import expect_digest
from exchange.alerts.wishing.queries import wishes_of
from exchange.alerts.writing import write
from exchange.contributions import mails
from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow, Reply
from exchange.core.time import now
from exchange.mail import headers
from exchange.mail.models import OutgoingMail
from exchange.mail.together import note_inside
from exchange.mail.tokens import What
from exchange.members.models import Member

RELEASED_AT_ONCE = 500
# Stands in headers that programs show as the name of a folder.
LIST_NAME = "Exchange"


def tell_follower(*, reply_id: int, member_id: int) -> None:
    """One answer to one follower."""
    member = people.reachable_member(member_id)
    reply = people.published_reply(reply_id, to=member) if member else None
    if member is None or reply is None or reply.author_id == member.pk:
        return
    with transaction.atomic():
        # Held, so that two answers at once find each other.
        follow = _follow(member, reply.contribution_id)
        item = queries.reply_item(reply.pk)
        if follow is None or queries.is_told(member, item):
            return
        wishes = wishes_of(member)
        last = queries.last_mail_about(member, reply.contribution_id)
        moment = _when(member, wishes, last)
        if moment.now:
            _write_answers(member, wishes, follow, [reply])
        else:
            _let_wait(member, item, moment)


def tell_watcher(*, contribution_id: int, member_id: int) -> None:
    """Something new to one member who wished to be told of each at a place where it stands."""
    member = people.reachable_member(member_id)
    row = readable(contribution_id, member) if member else None
    if member is None or row is None or queries.is_told(member, queries.contribution_item(row.pk)):
        return
    if queries.effective(member, row).level != Level.EACH:
        return
    with transaction.atomic():
        wishes = wishes_of(member)
        moment = _when(member, wishes, None)
        if moment.now:
            _write_new(member, wishes, row)
        else:
            _let_wait(member, queries.contribution_item(row.pk), moment)


def readable(contribution_id: int, member: Member) -> Contribution | None:
    """What is listed, may be read by this member, and is not their own."""
    rows = Contribution.objects.visible_to(member).listed()
    found: Contribution | None = (
        rows.exclude(author_id=member.pk).filter(pk=contribution_id).first()
    )
    return found


def put_back(member_id: int, items: Iterable[str], *, due_at: datetime | None) -> None:
    """What was in a mail that does not go: told later, or (without a moment) in the digest."""
    for item in items:
        Waiting.objects.get_or_create(
            member_id=member_id, item=item, defaults={"due_at": due_at, "at": now()}
        )


def release_due(*, moment: datetime) -> int:
    """Tell what has waited long enough, one transaction a member. Gives to how many."""
    due = _due(moment).order_by("due_at", "pk")
    members = dict.fromkeys(due.values_list("member_id", flat=True)[:RELEASED_AT_ONCE])
    for member_id in members:
        release(member_id=member_id, moment=moment)
    return len(members)


def _due(moment: datetime) -> QuerySet[Waiting]:
    """What stands inside groups has a clock of its own (`alerts.inside`)."""
    return Waiting.objects.filter(due_at__lte=moment).exclude(item__startswith="inside")


def release(*, member_id: int, moment: datetime) -> None:
    """All that is due for one member; answers to one contribution go together."""
    with transaction.atomic():
        due = _due(moment).filter(member_id=member_id)
        rows = list(due.select_for_update().order_by("pk"))
        items = [row.item for row in rows]
        due.filter(pk__in=[row.pk for row in rows]).delete()
        member = people.reachable_member(member_id)
        if member is None:
            return
        for group in _threads(member, items):
            _release_answers(member, group)
        for item in items:
            row = readable(queries.number_in(item, "contribution"), member)
            if row is not None:
                tell_watcher(contribution_id=row.pk, member_id=member.pk)


def _release_answers(member: Member, replies: list[Reply]) -> None:
    follow = _follow(member, replies[0].contribution_id)
    untold = [
        reply
        for reply in replies
        if not queries.is_told(member, queries.reply_item(reply.pk))
        and not queries.answered_there_since(member, reply)
    ]
    if follow is None or not untold:
        return
    wishes = wishes_of(member)
    moment = _when(member, wishes, None)
    if moment.now:
        _write_answers(member, wishes, follow, untold)
        return
    for reply in untold:
        _let_wait(member, queries.reply_item(reply.pk), moment)


def _threads(member: Member, items: Sequence[str]) -> list[list[Reply]]:
    """The answers among these that they may still read, by what they answer."""
    threads: dict[int, list[Reply]] = {}
    for item in items:
        reply = people.published_reply(queries.number_in(item, "reply"), to=member)
        if reply is not None and reply.author_id != member.pk:
            threads.setdefault(reply.contribution_id, []).append(reply)
    return list(threads.values())


def _follow(member: Member, contribution_id: int) -> Follow | None:
    rows = Follow.objects.select_for_update().filter(
        member=member, contribution_id=contribution_id, level=Follow.Level.EACH
    )
    return rows.first()


def _when(member: Member, wishes: Wishes, last: datetime | None) -> When:
    moment = now()
    week = queries.mails_this_week(member, moment)
    return when(wishes, moment=moment, this_week=week, last_about_it=last)


def _let_wait(member: Member, item: str, moment: When) -> None:
    if moment.never:
        return
    put_back(member.pk, [item], due_at=moment.at)
    if moment.at is None:
        expect_digest(member=member)


def _write_answers(
    member: Member, wishes: Wishes, follow: Follow, replies: Sequence[Reply]
) -> OutgoingMail:
    row, first, is_one = replies[0].contribution, replies[0], len(replies) == 1
    own = {
        key_for(mails.about_reply(row.pk, reply.pk), member): queries.reply_item(reply.pk)
        for reply in replies
    }
    stop = headers.stop_page(what=What.STOP_FOLLOW, person=member.pk, item=row.pk)
    with override(member.first_language):
        letter = letters.answers(
            replies, why=follow.get_why_display(), stop=stop, content=wishes.content
        )
    if is_one:
        key, item = next(iter(own.items()))
        answer_to = headers.reply_to(what=What.ANSWER_TO, person=member.pk, item=first.pk)
    else:
        span = f"{first.pk}.{len(replies)}.{replies[-1].pk}"
        key = key_for(f"{mails.about(row.pk)}:together:{span}", member)
        item = queries.contribution_item(row.pk)
        answer_to = headers.reply_to(what=What.ANSWER, person=member.pk, item=row.pk)
    mail = write(
        member,
        letter,
        key,
        headers={**_listed(What.STOP_FOLLOW, member, row, row.pk), **answer_to},
        item=item,
        shown_from=first.shown_author if is_one and _may_name(member, wishes) else "",
        send_before=now() + STALE,
    )
    if not is_one:
        note_inside(mail, items=own)
    tell_beside(member=member, item=item, key=key)
    return mail


def _write_new(member: Member, wishes: Wishes, row: Contribution) -> None:
    watch = queries.effective(member, row).watch
    if watch is None:
        return
    stop = headers.stop_page(what=What.STOP_WATCH, person=member.pk, item=watch.pk)
    answer_to = headers.reply_to(what=What.ANSWER, person=member.pk, item=row.pk)
    with override(member.first_language):
        letter = letters.new(row, why=words.why(watch), stop=stop, content=wishes.content)
    key = key_for(f"{mails.about(row.pk)}:new", member)
    write(
        member,
        letter,
        key,
        headers={**_listed(What.STOP_WATCH, member, row, watch.pk), **answer_to},
        item=queries.contribution_item(row.pk),
        shown_from=row.shown_author if row.author_id and _may_name(member, wishes) else "",
        send_before=now() + STALE,
    )
    tell_beside(member=member, item=queries.contribution_item(row.pk), key=key)


def _may_name(member: Member, wishes: Wishes) -> bool:
    """Whether the sender's line may say whose words they are."""
    return wishes.content != Wishes.Content.NOTICE and not member.neutral_subjects


def _listed(what: What, member: Member, row: Contribution, item: int) -> dict[str, str]:
    return headers.list_headers(
        name=LIST_NAME,
        slug=f"{row.kind}-{row.pk}",
        what=what,
        person=member.pk,
        item=item,
        page=letters.nameless(row),
        thread=row.pk,
    )


def key_for(about: str, member: Member) -> str:
    """The same again while a mail of that key counts as told; another one when it was stopped
    before it went, because the words had changed or had been taken back and let out again."""
    key = f"{about}:{member.pk}"
    theirs = OutgoingMail.objects.filter(Q(key=key) | Q(key__startswith=f"{key}."))
    again = theirs.exclude(state__in=queries.TOLD).count()
    return f"{key}.{again}" if again else key

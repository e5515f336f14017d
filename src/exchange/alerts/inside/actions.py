"""Telling one member of what is new inside a group, now, later or with other things; and the last look.
Called by the hooks of this matter. Whether they belong there and want it is asked at every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from exchange.alerts import letters as plain
from exchange.alerts import queries as people
from exchange.alerts.digests import times
from exchange.alerts.inside import letters
from exchange.alerts.inside.queries import Found, found_for
from exchange.alerts.letters import Letter
from exchange.alerts.models import Level, Waiting, Wishes
from exchange.alerts.telling import queries
from exchange.alerts.telling.actions import LIST_NAME, key_for, put_back
from exchange.alerts.telling.letters import nameless
from exchange.alerts.telling.rules import STALE, when
from exchange.alerts.wishing.queries import wishes_of
from exchange.contributions import mails
from exchange.contributions.models import Contribution, State
from exchange.core.time import now
from exchange.hubs.models import Membership, Space
from exchange.hubs.rules import may_write
from exchange.mail import headers, tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import OutgoingMail
from exchange.mail.together import items_inside, note_inside, take_apart
from exchange.mail.tokens import What
from exchange.members.models import Member

PURPOSE = "inside"
RELEASED_AT_ONCE = 500
_SOON = timedelta(minutes=1)
_HOSTS_AT_MOST_EVERY = timedelta(hours=1)


def tell(*, item: str, member_id: int) -> None:
    """One thing to one of those inside, by their level and their wishes."""
    member = people.reachable_member(member_id)
    found = found_for(item, member) if member else None
    if member is None or found is None or found.level == Level.OFF:
        return
    with transaction.atomic():
        if queries.is_told(member, item):
            return
        wishes = wishes_of(member)
        due = _due(found, member, wishes)
        if due is None or due > now():
            _let_wait(member, item, due)
        else:
            _write(member, wishes, [found])


def release_due(*, moment: datetime) -> int:
    """Tell what has waited long enough, one transaction a member. Gives to how many."""
    due = Waiting.objects.filter(due_at__lte=moment, item__startswith=PURPOSE)
    rows = due.order_by("due_at", "pk").values_list("member_id", flat=True)
    members = dict.fromkeys(rows[:RELEASED_AT_ONCE])
    for member_id in members:
        _release(member_id=member_id, moment=moment)
    return len(members)


def why_not(mail: OutgoingMail) -> str:
    """The last look: the code of why it may not go, or ""."""
    member = people.reachable_member(mail.person)
    if member is None:
        return "member-left"
    wishes = wishes_of(member)
    if wishes.stopped_at is not None:
        return "stopped"
    inside = items_inside(mail)
    codes = {_why_not(item, mail, member) for item in inside or [mail.item]}
    if wishes.is_paused:
        codes.add("paused")
    codes.discard("")
    if not codes:
        return ""
    if inside or codes <= {"changed", "paused"}:
        # What may still be told is looked at again; what may not is left out then.
        items = take_apart(mail) if inside else [mail.item]
        put_back(member.pk, items, due_at=wishes.paused_until or now() + _SOON)
    return sorted(codes)[0]


def ask_author(*, contribution_id: int, asker_id: int | None) -> None:
    """A host of the group asks whether everybody may read it; where the group or the author wishes
    no words in mails, the letter has none."""
    rows = Contribution.objects.filter(pk=contribution_id, state=State.INSIDE)
    row = rows.select_related("space").first()
    author = people.reachable_member(row.author_id) if row else None
    asker = people.reachable_member(asker_id)
    if row is None or row.space is None or author is None or asker is None:
        return
    strict = Wishes.Content.NOTICE in (row.space.mail_content, wishes_of(author).content)
    stop = headers.stop_page(what=What.STOP_ALL, person=author.pk, item=0)
    with override(author.first_language):
        whole = letters.may_all_read(row, asker.shown_name, stop)
        letter = plain.wordless(row.get_absolute_url()) if strict else whole
        subject = plain.subject_for(author, letter)
        if row.space.is_sensitive:
            subject = plain.neutral_subject()
    queue_mail(
        to=author.email,
        subject=subject,
        text=letter.text,
        html=letter.html,
        language=author.first_language,
        purpose="inside-asked",
        key=f"{mails.about(row.pk)}:share-asked:{author.pk}",
        headers=headers.reply_to(what=What.SHARE_ASKED, person=author.pk, item=row.pk),
        about=About(person=author.pk),
    )


def tell_its_hosts(*, space_id: int, moment: datetime) -> None:
    """That something came since they were last told; each host of the space at most once an hour."""
    space = Space.objects.filter(pk=space_id).first()
    waiting = people.waiting_in(space_id)
    if space is None or waiting.newest is None:
        return
    hosting = Membership.objects.hosting().filter(space=space).values("member_id")
    for host in people.reachable().filter(pk__in=hosting).order_by("pk"):
        prefix = f"alert:waits-inside:{space.pk}:{host.pk}:"
        told, last = people.mails_so_far(prefix)
        if last and (waiting.newest <= last or moment - last < _HOSTS_AT_MOST_EVERY):
            continue
        with override(host.first_language):
            letter = letters.waiting(space, waiting.count)
        queue_mail(
            to=host.email,
            subject=plain.subject_for(host, letter),
            text=letter.text,
            html=letter.html,
            language=host.first_language,
            purpose="inside-waits",
            key=f"{prefix}{told + 1}",
            about=About(person=host.pk),
        )


def _due(found: Found, member: Member, wishes: Wishes) -> datetime | None:
    """When it is told; None for never."""
    moment = now()
    if wishes.stopped_at is not None:
        return None
    last = queries.last_mail_about(member, found.row.pk) if found.reply else None
    week = queries.mails_this_week(member, moment)
    at_once = when(wishes, moment=moment, this_week=week, last_about_it=last)
    if found.level == Level.EACH and (at_once.now or at_once.at):
        return at_once.at or moment
    after = max(moment, wishes.paused_until) if wishes.paused_until else moment
    return times.next_moment(wishes, after=after)


def _let_wait(member: Member, item: str, due: datetime | None) -> None:
    if due is not None:
        put_back(member.pk, [item], due_at=due)


def _release(*, member_id: int, moment: datetime) -> None:
    """All that is due for one member, a letter for each group."""
    with transaction.atomic():
        due = Waiting.objects.filter(
            member_id=member_id, due_at__lte=moment, item__startswith=PURPOSE
        )
        rows = list(due.select_for_update().order_by("pk"))
        due.filter(pk__in=[row.pk for row in rows]).delete()
        member = people.reachable_member(member_id)
        wishes = wishes_of(member) if member else None
        if member is None or wishes is None or wishes.stopped_at is not None:
            return
        groups: dict[int, list[Found]] = {}
        for row in rows:
            found = found_for(row.item, member)
            if found and found.level != Level.OFF and not queries.is_told(member, row.item):
                groups.setdefault(found.space.pk, []).append(found)
        for some in groups.values():
            _write(member, wishes, some)


def _write(member: Member, wishes: Wishes, some: Sequence[Found]) -> None:
    """One letter about these, which stand in one group."""
    first, space = some[0], some[0].space
    content = first.content(wishes)
    own = {_key(found, member): found.item for found in some}
    letter = _letter(member, some, content)
    mail = queue_mail(
        to=member.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=member.first_language,
        purpose=PURPOSE,
        key=_key_of_all(some, member) if len(some) > 1 else next(iter(own)),
        headers={**_listed(member, first), **_answer_to(member, some)},
        about=About(
            person=member.pk,
            item=first.item if len(some) == 1 else f"inside-group:{space.pk}",
            shown_from=_named(member, some, content),
            send_before=now() + STALE,
        ),
    )
    if len(some) > 1:
        note_inside(mail, items=own)


def _letter(member: Member, some: Sequence[Found], content: str) -> Letter:
    space = some[0].space
    given = {
        "content": content,
        "stop": headers.stop_page(what=What.STOP_SPACE, person=member.pk, item=space.pk),
        "write_to": _write_to(member, space),
    }
    with override(member.first_language):
        if len(some) == 1:
            letter = letters.one(some[0], **given)
        else:
            letter = letters.several(some, space, **given)
        subject = plain.subject_for(member, letter)
        return replace(letter, subject=plain.neutral_subject() if space.is_sensitive else subject)


def _named(member: Member, some: Sequence[Found], content: str) -> str:
    """Whose words they are, for the line that says who sends it; nobody where that could tell."""
    is_quiet = member.neutral_subjects or some[0].space.is_sensitive
    if len(some) > 1 or is_quiet or content == Wishes.Content.NOTICE:
        return ""
    return (some[0].reply or some[0].row).shown_author[:80]


def _key_of_all(some: Sequence[Found], member: Member) -> str:
    span = f"{some[0].item}.{len(some)}.{some[-1].item}".replace(":", "-")
    return key_for(f"alert:inside:{some[0].space.pk}:{span}", member)


def _key(found: Found, member: Member) -> str:
    if found.reply is not None:
        return key_for(f"{mails.about_reply(found.row.pk, found.reply.pk)}:inside", member)
    return key_for(f"{mails.about(found.row.pk)}:inside", member)


def _write_to(member: Member, space: Space) -> str:
    """Where a mail begins something new there; guests only read."""
    if not may_write(member, space.pk):
        return ""
    return tokens.address(What.TALK, person=member.pk, item=space.pk, days=headers.ANSWER_DAYS)


def _listed(member: Member, found: Found) -> dict[str, str]:
    return headers.list_headers(
        name=LIST_NAME,
        slug=f"group-{found.space.pk}",
        what=What.STOP_SPACE,
        person=member.pk,
        item=found.space.pk,
        page=nameless(found.row),
        thread=found.row.pk,
    )


def _answer_to(member: Member, some: Sequence[Found]) -> dict[str, str]:
    """To what stands in it; an answer to several things begins something new."""
    first = some[0]
    if len(some) == 1 and first.reply is not None:
        return headers.reply_to(what=What.ANSWER_TO, person=member.pk, item=first.reply.pk)
    if len({found.row.pk for found in some}) == 1:
        return headers.reply_to(what=What.ANSWER, person=member.pk, item=first.row.pk)
    return headers.reply_to(what=What.TALK, person=member.pk, item=first.space.pk)


def _why_not(item: str, mail: OutgoingMail, member: Member) -> str:
    found = found_for(item, member)
    if found is None:
        return "not-inside"
    if found.level == Level.OFF:
        return "not-followed"
    words = found.reply or found.row
    if words.author is not None and words.author.erased_at is not None:
        return "author-left"
    renamed = bool(mail.shown_from) and mail.shown_from != words.shown_author[:80]
    changed = words.changed_at is not None and words.changed_at > mail.created_at
    return "changed" if renamed or changed else ""

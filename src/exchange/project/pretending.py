"""Pretend people with pretend conversations, to look around with; and taking them away again.
Called by the `demo` command and by tests. Everything goes through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Min

from exchange.contributions import actions as spine
from exchange.contributions.models import Contribution, State
from exchange.conversation import actions as conversation
from exchange.conversation import marks
from exchange.conversation.models import Reply
from exchange.core import freshness
from exchange.core.text import skeleton
from exchange.core.time import now
from exchange.discovery.actions import remove_many
from exchange.ledger.actions import record
from exchange.library.depositing.actions import Rights, deposit
from exchange.library.records import Record
from exchange.members.actions import agree
from exchange.members.models import Agreement, Member
from exchange.project.pretended_hours import play_hours
from exchange.project.starter import PACKAGE, content_of

PRETENDED = PACKAGE / "contributions" / "starter" / "demo.yaml"
DOMAIN = "demo.invalid"
_JOINED_BEFORE = timedelta(days=200)


@dataclass(frozen=True)
class Played:
    """How much was brought in now, and how much of it a gate holds back."""

    members: int
    contributions: int
    replies: int
    waiting: int


@dataclass(frozen=True)
class Removed:
    """How much is gone; `withdrawn` are those that hold answers of real members."""

    members: int
    contributions: int
    replies: int
    withdrawn: int


def play() -> Played:
    """Bring in what is missing of the pretend conversations."""
    document = yaml.safe_load(PRETENDED.read_text(encoding="utf-8"))
    moment = now()
    with transaction.atomic():
        known = Member.objects.filter(is_demo=True).count()
        people = {entry["key"]: _member(entry, moment) for entry in document["members"]}
        shared = {
            entry["key"]: _share(entry, people[entry["author"]], moment)
            for entry in document["contributions"]
        }
        for entry in document["records"]:
            shared[entry["key"]] = _describe(entry, people[entry["author"]], moment)
        rows = {key: row for key, (row, _is_new) in shared.items()}
        replies = [
            _answer(place, entry, people, rows[entry["contribution"]])
            for place, entry in enumerate(document["replies"])
        ]
        for row in rows.values():
            _first_answer(row)
        hours = play_hours(people, moment)
    return Played(
        members=len(people) - known,
        contributions=sum(is_new for _row, is_new in shared.values()) + len(hours),
        replies=sum(is_new for _reply, is_new in replies),
        waiting=sum(row.state != State.PUBLISHED for row in rows.values())
        + sum(reply.state != State.PUBLISHED for reply, _is_new in replies),
    )


def remove() -> Removed:
    """Take all of it away: pages, search, lists. What real members wrote is never deleted: a
    pretend contribution they answered is withdrawn instead."""
    with transaction.atomic():
        real_words = Reply.objects.filter(contribution__is_demo=True, is_demo=False)
        kept = set(real_words.values_list("contribution_id", flat=True))
        rows = list(Contribution.objects.filter(is_demo=True).exclude(state=State.WITHDRAWN))
        for row in rows:
            if row.pk in kept and row.author is not None:
                spine.withdraw(contribution=row, by=row.author, note="demo")
            else:
                _tell_it_is_gone(row)
        replies = Reply.objects.filter(is_demo=True)
        count = replies.count()
        _recount(replies.filter(contribution__is_demo=False))
        replies.delete()
        remove_many([row.pk for row in rows])
        Contribution.objects.filter(is_demo=True).exclude(pk__in=kept).delete()
        people = Member.objects.filter(is_demo=True)
        members = people.count()
        people.delete()
    freshness.bump()
    return Removed(members, len(rows) - len(kept), count, len(kept))


def _member(entry: dict[str, Any], moment: datetime) -> Member:
    email = f"{entry['key']}@{DOMAIN}"
    known: Member | None = Member.objects.filter(email=email).first()
    if known is not None:
        return known
    joined = moment - _JOINED_BEFORE
    member = Member.objects.create_user(
        email,
        display_name=entry["name"],
        name_skeleton=skeleton(entry["name"]),
        role=entry["role"],
        country=entry["country"],
        languages=" ".join(entry["languages"]),
        practice=entry["practice"],
        joined_at=joined,
        welcomed_at=joined,
        accepted_at=joined,
        is_demo=True,
    )
    agree(member=member, to=list(Agreement.What))
    return member


def _share(entry: dict[str, Any], author: Member, moment: datetime) -> tuple[Contribution, bool]:
    key = f"demo {entry['key']}"[:40]
    known = Contribution.objects.filter(once_key=key).first()
    if known is not None:
        return known, False
    row = spine.submit(
        kind=entry["kind"],
        content=content_of(entry, moment=moment),
        author=author,
        once_key=key,
        origin="demo",
    )
    return _dated(row, entry, moment), True


def _describe(entry: dict[str, Any], author: Member, moment: datetime) -> tuple[Contribution, bool]:
    """A record of the library, as a member adds one."""
    key = f"demo {entry['key']}"[:40]
    known = Contribution.objects.filter(once_key=key).first()
    if known is not None:
        return known, False
    said: dict[str, Any] = {name: tuple(value) for name, value in entry["several"].items()}
    record = Record(**{**said, **entry["record"]})
    row = deposit(record=record, rights=Rights(right="own"), author=author, once_key=key)
    return _dated(row, entry, moment), True


def _dated(row: Contribution, entry: dict[str, Any], moment: datetime) -> Contribution:
    at = moment - timedelta(days=entry["days_ago"], hours=len(entry["key"]) % 9)
    dates = dict.fromkeys(("created_at", "changed_at", "submitted_at"), at)
    if row.state == State.PUBLISHED:
        dates["published_at"] = at
        row.context_terms.update(published_at=at)
    Contribution.objects.filter(pk=row.pk).update(**dates)
    row.refresh_from_db()
    return row


def _answer(
    place: int, entry: dict[str, Any], people: dict[str, Member], row: Contribution
) -> tuple[Reply, bool]:
    key = f"demo {place} {entry['contribution']}"[:40]
    known = Reply.objects.filter(once_key=key).first()
    if known is not None:
        return known, False
    reply = conversation.answer(
        contribution=row,
        author=people[entry["author"]],
        body=entry["body"].strip(),
        language=entry["language"],
        once_key=key,
    )
    at = min(now(), row.created_at + timedelta(hours=entry["hours_after"]))
    published = at if reply.state == State.PUBLISHED else None
    Reply.objects.filter(pk=reply.pk).update(created_at=at, published_at=published)
    reply.refresh_from_db()
    if reply.state == State.PUBLISHED and row.state == State.PUBLISHED:
        _thank(reply, entry, row, people)
    return reply, True


def _thank(
    reply: Reply, entry: dict[str, Any], row: Contribution, people: dict[str, Member]
) -> None:
    others = [member for member in people.values() if member.pk != reply.author_id]
    for member in others[: entry.get("helped", 0)]:
        marks.mark_helped(member=member, contribution=row, reply=reply)
    if entry.get("answered") and row.author is not None:
        marks.accept_answer(reply=reply, by=row.author)


def _first_answer(row: Contribution) -> None:
    """The moment of the first answer, now that the answers have their own."""
    first = row.replies.filter(state=State.PUBLISHED).aggregate(at=Min("created_at"))["at"]
    Contribution.objects.filter(pk=row.pk).update(first_reply_at=first)


def _tell_it_is_gone(row: Contribution) -> None:
    record(
        "contribution.withdrawn",
        subject_type="contribution",
        subject_id=row.pk,
        detail={"kind": row.kind},
    )


def _recount(replies: Any) -> None:
    """Counters of real contributions that pretend members had answered."""
    for pk in set(replies.values_list("contribution_id", flat=True)):
        left = Reply.objects.filter(contribution_id=pk, is_demo=False, state=State.PUBLISHED)
        Contribution.objects.filter(pk=pk).update(
            reply_count=left.count(), first_reply_at=left.aggregate(at=Min("created_at"))["at"]
        )

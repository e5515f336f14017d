"""Speaking in a protected voice: sent, changed, taken back, without the name anywhere but locked.
Called by the views of this matter, by conversation for answers, and by whoever leaves.

No row and no entry of the ledger names the writer; the hour of writing is kept nowhere, only the
day; a host lets every word out, so that what readers see is the host's hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from exchange.contributions import mails
from exchange.contributions.actions.rows import (
    ROWS,
    entry,
    fill,
    keep_revision,
    let_wait,
    locked,
    move,
    replace_words,
    set_context,
)
from exchange.contributions.content import Content
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, TooMany
from exchange.contributions.judging import judged
from exchange.contributions.models import Contribution, Decision, Revision, State, Voice
from exchange.contributions.voice import locks, queries, rules
from exchange.contributions.voice_names import NOWHERE
from exchange.core.time import now
from exchange.members.models import Member
from exchange.taxonomy import vocabulary


class NotOffered(NotAllowed):
    """No two hosts answer for protected voices now."""


def speak(
    *,
    kind: str,
    content: Content,
    member: Member,
    region: str = "",
    once_key: str = "",
    insist: bool = False,
) -> Contribution:
    """Send a text that is shown without its author. It waits for a host, whoever wrote it. The
    same form twice is one text. Countries are left out: with a region they say too much.
    Raises NotAllowed, NotOffered, TooMany, Refused, Noticed as `submit`."""
    if not rules.may_speak(member, kind):
        raise NotAllowed
    if not queries.is_offered():
        raise NotOffered
    form = locks.form_mark(once_key, member)
    if once_key and (twin := _sent_before(form)):
        return twin
    if queries.has_too_many(member):
        raise TooMany
    content = replace(content, countries=(), organisation="")
    _judge(kind, content, member, insist)
    try:
        with transaction.atomic():
            row = _written(kind, content, member, region)
            _give(row, member, form=form if once_key else "")
            let_wait(row, None)
            _only_the_day(row)
    except IntegrityError:
        # The second of two simultaneous sends of one form meets the unique mark.
        sent = _sent_before(form)
        if sent is None:
            raise
        return sent
    return row


def change(
    *, voice: Voice, content: Content, member: Member, version: int, insist: bool = False
) -> None:
    """Other words. What is out stays as it is until a host has let the change out.
    Raises NotAllowed, Refused, Noticed, ChangedMeanwhile."""
    if not rules.may_speak(member, voice.contribution.kind):
        raise NotAllowed
    content = replace(content, countries=(), organisation="")
    _judge(voice.contribution.kind, content, member, insist)
    with transaction.atomic():
        row = locked(voice.contribution)
        if row.state not in (State.PUBLISHED, State.WAITING, State.HELD):
            raise NotAllowed
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        if row.state == State.PUBLISHED:
            keep_revision(row, content, None, "", number=row.version + 1, state=State.WAITING)
            entry("contribution.submitted", row, None)
        else:
            replace_words(row, content, None, "")
            _only_the_day(row)
        Revision.objects.filter(contribution=row).update(at=_day())


def take_back(*, voice: Voice) -> None:
    """Withdrawn everywhere by whose it is, without saying who. Twice is once."""
    with transaction.atomic():
        row = locked(voice.contribution)
        if row.state == State.WITHDRAWN:
            return
        move(row, State.WITHDRAWN)
        Decision.objects.create(contribution_id=row.pk, what=Decision.What.WITHDRAW, by=None)
        mails.stop(mails.about(row.pk))
        entry("contribution.withdrawn", row, None)


def take_all_back(*, member: Member) -> None:
    """Somebody leaves and their words with them. What is sealed stays: it may be evidence."""
    for one in queries.own(member):
        if one.row.sealed_at is None:
            take_back(voice=one.voice)


def let_go(*, member: Member) -> None:
    """Somebody leaves: nobody can look up any more whose words these were."""
    Voice.objects.filter(owner=locks.owner_mark(member)).update(owner="", sealed="", tells=False)


def answer_in(*, contribution: Contribution, member: Member, reply_number: int) -> None:
    """An answer was given in the voice of this text; in the transaction that wrote it."""
    _give(contribution, member, reply_number=reply_number)


def tell(*, voice: Voice, wanted: bool) -> None:
    """Whether a letter, which says nothing, tells that there is something new."""
    Voice.objects.filter(pk=voice.pk).update(tells=wanted, told_of=state_of(voice.contribution))


def state_of(row: Contribution) -> str:
    """What a letter was about: when this is another, there is something new."""
    return f"{row.state}:{row.version}:{row.reply_count}"


def _judge(kind: str, content: Content, member: Member, insist: bool) -> None:
    """What passes waits all the same; what a gate asks about is shown to the writer first."""
    judged(
        text=content.whole,
        title=content.title,
        kind=kind,
        language=content.language,
        author=member,
        origin="web",
        insist=insist,
    )


def _written(kind: str, content: Content, member: Member, region: str) -> Contribution:
    row = ROWS.get(kind, Contribution)(author=None, is_protected=True, is_demo=member.is_demo)
    row.shown_region = region if vocabulary.term(f"region:{region}") else NOWHERE
    fill(row, kind, content, "web")
    row.created_at = row.submitted_at = _day()
    row.save()
    set_context(row, content.term_keys())
    keep_revision(row, content, None, "", number=row.version, state=State.PUBLISHED)
    row.revisions.update(at=_day())
    return row


def _give(row: Contribution, member: Member, *, form: str = "", reply_number: int = 0) -> None:
    named = {"form": form} if form else {}
    Voice.objects.create(
        contribution_id=row.pk,
        reply_number=reply_number,
        owner=locks.owner_mark(member),
        sealed=locks.sealed(member),
        **named,
    )


def _sent_before(form: str) -> Contribution | None:
    voice = Voice.objects.filter(form=form).select_related("contribution").first()
    return voice.contribution if voice else None


def _only_the_day(row: Contribution) -> None:
    """At which hour somebody writes tells where they live, and when they are at work."""
    row.changed_at = row.submitted_at = _day()
    row.save(update_fields=["changed_at", "submitted_at"])


def _day() -> datetime:
    return now().replace(hour=0, minute=0, second=0, microsecond=0)

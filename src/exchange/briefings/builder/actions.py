"""Building a newsletter: begun, drafted by itself, changed by hosts, released by one or by two.
Called by the hosts' pages and the writing room; each verb is one transaction and one entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from exchange.briefings.builder import drafting, queries, rules, saying
from exchange.briefings.builder.rows import (
    locked,
    must_build,
    must_pass,
    put,
    record_of,
    take_release_back,
)
from exchange.briefings.errors import NotNow, SamePerson
from exchange.briefings.models import Issue, Newsletter
from exchange.contributions import actions as contributions
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Refused
from exchange.contributions.judging import judged
from exchange.contributions.models import State
from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member

_PHASE = Newsletter.Phase


def begin(
    *,
    name: str,
    since: date,
    until: date,
    languages: Sequence[str],
    hubs: Sequence[tuple[str, str]],
    by: Member,
    needs_two: bool = False,
    once_key: str = "",
) -> Issue:
    """One edition for everybody in each language, one for each (hub, language); each drafts
    itself. Hosts alone see them. The same form twice (`once_key`) gives the same issue. Raises
    NotAllowed."""
    must_build(by)
    once = once_key or ids.new_id()
    if there := queries.begun_by(once):
        return there
    try:
        with transaction.atomic():
            issue = Issue.objects.create(
                name=name, since=since, until=until, needs_two=needs_two, by=by
            )
            places = [*(("", one) for one in languages), *hubs]
            for number, (hub, language) in enumerate(places):
                edition = _edition(issue, hub, language, by, f"{once}-{number}")
                drafting.draft_items(edition=edition, by=by)
    except IntegrityError:
        # The second of two simultaneous sends of one form meets the key of the first edition.
        twin = queries.begun_by(once)
        if twin is None:
            raise
        return twin
    return issue


def add_edition(*, issue: Issue, hub: str, language: str, by: Member) -> Newsletter:
    """One more edition of an issue, drafted as the others; there already: that one. Raises
    NotAllowed."""
    must_build(by)
    with transaction.atomic():
        held = Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
        for one in queries.editions_of(held):
            if (one.hub, one.language) == (hub, language):
                return one
        edition = _edition(held, hub, language, by, ids.new_id())
        drafting.draft_items(edition=edition, by=by)
    return edition


def release(
    *,
    edition: Newsletter,
    by: Member,
    send_at: datetime | None = None,
    insist: bool = False,
) -> Newsletter:
    """Let it go, now or at an hour; where two are needed, the first of them says yes. Released
    already: nothing happens. Raises NotAllowed, NotNow when it is on its way or the hour is no
    good, SamePerson, and Refused, Noticed as the gates say."""
    must_build(by)
    moment = now()
    if send_at is not None and not rules.is_sound_moment(send_at, moment):
        raise NotNow
    _all_words_pass(edition, by, insist=insist)
    with transaction.atomic():
        row = locked(edition)
        if row.phase == _PHASE.SCHEDULED:
            return row
        if not row.is_built or row.state == State.WITHDRAWN:
            raise NotNow
        if rules.is_same_person(row, by):
            raise SamePerson
        if rules.needs_another(row.issue, row, by):
            put(row, phase=_PHASE.RELEASED, released_by=by, released_at=moment, send_at=send_at)
        else:
            _schedule(row, by, send_at, moment)
        record_of("newsletter.released", row, by)
    return row


def unrelease(*, edition: Newsletter, by: Member) -> Newsletter:
    """Back to being built, as long as nobody has it. Raises NotAllowed, NotNow."""
    must_build(by)
    with transaction.atomic():
        row = locked(edition)
        if not row.is_built:
            raise NotNow
        if row.phase != _PHASE.DRAFT:
            take_release_back(row)
            record_of("newsletter.returned", row, by)
    return row


def let_out(*, edition: Newsletter) -> bool:
    """Called when its sending begins: it is published, and so in the archive, through the gates.
    False when a gate or a host holds it, or it is not released; nothing may be sent then."""
    with transaction.atomic():
        row = locked(edition)
        by = row.confirmed_by or row.released_by
        if row.phase != _PHASE.SCHEDULED or row.state != State.DRAFT or by is None:
            return row.is_public
        try:
            _all_words_pass(row, by, insist=True)
            sent = contributions.send_prepared(contribution=row, by=by, insist=True)
        except (NotAllowed, Refused):
            # It stays scheduled, late, at the hosts' desk, until they use other words.
            return False
    return sent.is_public


def _edition(issue: Issue, hub: str, language: str, by: Member, once: str) -> Newsletter:
    content = Content(
        title=saying.subject(issue.until, language),
        body="",
        language=language,
        columns={"issue_id": issue.pk, "hub": hub},
    )
    row = contributions.prepare(kind="newsletter", content=content, author=by, once_key=once)
    return Newsletter.objects.get(pk=row.pk)


def _all_words_pass(edition: Newsletter, by: Member, *, insist: bool) -> None:
    """What a gate does not pass of the opening words may wait for another host, when the first
    insists; what stands beside them has no page where it could wait."""
    judged(
        text=edition.body,
        title=edition.title,
        kind="newsletter",
        language=edition.language,
        author=by,
        origin="web",
        insist=insist,
    )
    intros = edition.items.exclude(intro="").values_list("intro", flat=True)
    beside = [edition.local_title, edition.local, edition.message, *intros]
    must_pass("\n\n".join(filter(None, beside)), by=by, language=edition.language)


def _schedule(row: Newsletter, by: Member, send_at: datetime | None, moment: datetime) -> None:
    wished = send_at or row.send_at or moment
    who = {"confirmed_by": by} if row.issue.needs_two else {"released_by": by}
    put(row, phase=_PHASE.SCHEDULED, send_at=max(wished, moment), released_at=moment, **who)

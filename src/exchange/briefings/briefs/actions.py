"""Briefs: written down from a talk, changed, published, withdrawn, looked at again.
Called by the pages of hosts and by the writing room; each verb is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from exchange.briefings import queries, rules
from exchange.briefings.models import Brief, Source
from exchange.briefings.quoting import actions as quoting
from exchange.briefings.quoting import checking
from exchange.briefings.quoting.sources import Passage
from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Refused
from exchange.contributions.judging import judged
from exchange.contributions.models import Contribution, State
from exchange.core.text import excerpt
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member

LONGEST_MESSAGE = 900


def prepare(  # noqa: PLR0913 - a brief has so many parts, and all are given by name
    *,
    content: Content,
    by: Member,
    sources: Sequence[Contribution],
    quotes: Sequence[Passage],
    message: str = "",
    credit: str = "",
    hub: str = "",
    review_on: date | None = None,
    once_key: str = "",
) -> Brief:
    """Write a brief down; hosts alone see it until it is published. The same form twice gives the
    same brief. Raises NotAllowed; NotThere when quoted words do not stand where they are said to."""
    _must_publish(by)
    columns = {"message": message, "credit": credit, "hub": hub, "review_on": review_on}
    with transaction.atomic():
        before = _sent_before(once_key, by, content)
        if before is not None:
            return before
        given = replace(content, columns={**content.columns, **columns})
        row = spine.prepare(kind="brief", content=given, author=by, once_key=once_key)
        brief = quoting.locked(queries.every_brief().get(pk=row.pk))
        _set_sources(brief, sources)
        quoting.choose(brief=brief, passages=quotes, by=by)
    return brief


def change(  # noqa: PLR0913 - as above
    *,
    brief: Brief,
    content: Content,
    by: Member,
    version: int,
    message: str,
    credit: str,
    hub: str,
    review_on: date | None,
    sources: Sequence[Contribution] | None = None,
    insist: bool = False,
) -> bool:
    """Other words. False when they wait for another host; what stood then stands on, with its
    message and credit. Raises NotAllowed, ChangedMeanwhile; of what is out already also NotAgreed,
    and Refused, Noticed as `contributions.revise`."""
    _must_publish(by)
    columns = {"message": message, "credit": credit, "hub": hub, "review_on": review_on}
    if brief.state != State.DRAFT:
        texts = (content.title, content.summary, content.body, message, credit)
        checking.must_be_agreed(brief, *texts)
        _must_pass(content.language, by, content.summary, message, credit, insist=insist)
    with transaction.atomic():
        row = quoting.locked(brief)
        if row.sealed_at is not None:
            raise NotAllowed
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        if row.state != brief.state:
            # It came out meanwhile, and its words were not looked at above.
            raise ChangedMeanwhile(row.version)
        stands = _rewrite(row, content, by, columns, insist=insist)
        if sources is not None:
            _set_sources(row, sources)
    brief.refresh_from_db()
    return stands


def publish(*, brief: Brief, by: Member, insist: bool = False) -> Brief:
    """Let everybody read it, through the gates. Out already: nothing happens. Raises NotAllowed,
    NotAgreed while words stand in it that nobody agreed to, Refused, Noticed."""
    _must_publish(by)
    fresh: Brief = queries.every_brief().get(pk=brief.pk)
    if fresh.state not in (State.DRAFT, State.HELD):
        return fresh
    checking.must_be_agreed(fresh)
    _must_pass(fresh.language, by, _own_summary(fresh), fresh.message, fresh.credit, insist=insist)
    with transaction.atomic():
        row = quoting.locked(fresh)
        if row.sealed_at is not None:
            raise NotAllowed
        # Once more: somebody may have said no since.
        checking.must_be_agreed(row)
        if row.state == State.HELD:
            spine.publish(contribution=row, by=by, version=row.version)
        else:
            spine.send_prepared(contribution=row, by=by, insist=insist)
    row.refresh_from_db()
    return row


def withdraw(*, brief: Brief, by: Member) -> Brief:
    """Out of every door; nobody who is quoted in it is asked any more. Raises NotAllowed."""
    _must_publish(by)
    spine.withdraw(contribution=brief, by=by)
    brief.refresh_from_db()
    return brief


def looked_again(*, brief: Brief, by: Member, review_on: date | None) -> Brief:
    """Somebody read it again and it still holds; the next day for that. Raises NotAllowed."""
    _must_publish(by)
    with transaction.atomic():
        row = quoting.locked(brief)
        if row.sealed_at is not None:
            raise NotAllowed
        row.reviewed_at, row.review_on = now(), review_on
        row.save(update_fields=["reviewed_at", "review_on"])
        record(
            "brief.looked_again",
            subject_type="contribution",
            subject_id=row.pk,
            actor_id=by.pk,
            detail={"kind": "brief"},
        )
    return row


def set_sources(*, brief: Brief, sources: Iterable[Contribution], by: Member) -> None:
    """What it sums up, in this order. Raises NotAllowed."""
    _must_publish(by)
    with transaction.atomic():
        _set_sources(quoting.locked(brief), list(sources))


def _rewrite(
    row: Brief, content: Content, by: Member, columns: dict[str, Any], *, insist: bool
) -> bool:
    """Words and what stands beside them; while words wait for a host, both stay as they were."""
    if row.state == State.DRAFT:
        given = replace(content, columns={**content.columns, **columns})
        spine.change_prepared(contribution=row, content=given, by=by)
        return True
    words = replace(content, columns={})
    was_out = row.state == State.PUBLISHED
    stands = spine.revise(
        contribution=row, content=words, by=by, version=row.version, insist=insist
    )
    if stands or not was_out:
        queries.every_brief().filter(pk=row.pk).update(**columns)
    return stands


def _must_publish(member: Member) -> None:
    if not rules.may_publish(member):
        raise NotAllowed


def _must_pass(language: str, by: Member, *texts: str, insist: bool) -> None:
    """The message, the thanks and the line for lists have no page where they could wait: what a gate
    does not pass is shown back to the writer. Raises Refused, Noticed."""
    text = "\n\n".join(filter(None, texts))
    if not text:
        return
    verdict = judged(
        text=text, kind="brief", language=language, author=by, origin="web", insist=insist
    )
    if not verdict.passed:
        raise Refused(verdict.reasons)


def _own_summary(brief: Brief) -> str:
    """A line written for lists; the beginning of the text was judged with the text, and may wait
    with it."""
    begun = excerpt(brief.body, 200)[:300]
    return "" if brief.summary == begun else brief.summary


def _set_sources(brief: Brief, sources: Sequence[Contribution]) -> None:
    wanted = list(dict.fromkeys(row.pk for row in sources if row.pk != brief.pk))
    Source.objects.filter(brief=brief).delete()
    rows: Any = [
        Source(brief=brief, contribution_id=pk, place=place) for place, pk in enumerate(wanted)
    ]
    Source.objects.bulk_create(rows)
    Contribution.objects.filter(pk__in=wanted, is_summed_up=False).update(is_summed_up=True)


def _sent_before(once_key: str, by: Member, content: Content) -> Brief | None:
    if not once_key:
        return None
    rows = queries.every_brief().filter(once_key=once_key, author=by)
    found: Brief | None = rows.filter(title=content.title, body=content.body).first()
    return found

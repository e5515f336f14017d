"""Letting out and taking down one of the Exchange's own texts.
Called by the writing room; each verb is one transaction and one entry."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Refused
from exchange.contributions.judging import judged
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.pages.models import HouseText, HouseTextRevision
from exchange.pages.telling.rules import Words, is_ours_to_give, may_write


def publish_text(
    *,
    name: str,
    language: str,
    words: Words,
    by: Member,
    page_id: int | None = None,
    version: int | None = None,
    insist: bool = False,
) -> HouseText:
    """Let a text out, through the gates. There is no page where it could wait: what a gate does
    not pass is shown back to the host. The same words again change nothing. Raises NotAllowed,
    Noticed, Refused, and ChangedMeanwhile when `version` is no longer the present one."""
    if not may_write(by):
        raise NotAllowed
    _must_pass(words, language, by, insist)
    with transaction.atomic():
        row = _locked(name, language, words)
        if version is not None and row.version != version:
            raise ChangedMeanwhile(row.version)
        _bind(row, page_id)
        if row.published_at is not None and words == Words.of(row) and row.revisions.exists():
            return row
        row.title, row.body, row.summary = words.title, words.body, words.summary
        row.published_at, row.by = now(), by
        _noted(row, by, words)
        record("page.published", subject_type="house_text", subject_id=row.pk, actor_id=by.pk)
    return row


def take_down(*, text: HouseText, by: Member) -> None:
    """The file that came with the program holds again. Taken down before: nothing happens.
    Raises NotAllowed."""
    if not may_write(by):
        raise NotAllowed
    with transaction.atomic():
        row = HouseText.objects.select_for_update(of=("self",)).get(pk=text.pk)
        if row.published_at is None:
            return
        row.published_at = None
        _noted(row, by, Words(""))
        record("page.taken_down", subject_type="house_text", subject_id=row.pk, actor_id=by.pk)


def _must_pass(words: Words, language: str, by: Member, insist: bool) -> None:
    # A text of the hosts for everybody, as a brief is; the gates know that kind.
    verdict = judged(
        text=words.whole,
        title=words.title,
        kind="brief",
        language=language,
        author=by,
        origin="web",
        insist=insist,
    )
    if not verdict.passed and not is_ours_to_give(verdict.reasons):
        raise Refused(verdict.reasons)


def _locked(name: str, language: str, words: Words) -> HouseText:
    begun = {"title": words.title, "body": words.body, "summary": words.summary}
    row, _is_new = HouseText.objects.get_or_create(name=name, language=language, defaults=begun)
    return HouseText.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _bind(row: HouseText, page_id: int | None) -> None:
    if page_id is not None and row.page_id != page_id:
        row.page_id = page_id
        row.save(update_fields=["page_id"])


def _noted(row: HouseText, by: Member, words: Words) -> None:
    row.version += 1
    row.save()
    HouseTextRevision.objects.create(
        text=row,
        number=row.version,
        title=words.title,
        body=words.body,
        summary=words.summary,
        by=by,
        by_name=by.shown_name,
    )

"""Adding a record as a member does, and the talk about it with a host.
Called by the views and hooks of this matter; each verb is one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from exchange.contributions.actions import revise, set_context, submit
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, SpineError, TooMany
from exchange.contributions.rules import may_contribute
from exchange.core.text import clean
from exchange.core.time import now
from exchange.ledger.actions import record as record_event
from exchange.library.actions import write_beside
from exchange.library.files import actions as files
from exchange.library.models import Deposit, DepositWord, Resource
from exchange.library.records import Record
from exchange.library.rules import distinct_signature, sort_title, title_signature
from exchange.members.models import Member

# Records that came with a file bear this origin: a gate lets a host look at them first.
WITH_FILE = "file"
LONGEST_WORD = 3000
WORDS_A_DAY = 20


class HereAlready(SpineError):
    """A record of this title is here, or was; nothing was added."""


@dataclass(frozen=True)
class Rights:
    """On what right a file may be kept, and who is in its pictures."""

    right: str = Deposit.Right.LINK_ONLY
    note: str = ""
    people: str = ""


@dataclass(frozen=True)
class Kin:
    """The record that a new one is another edition or a translation of."""

    resource: Resource
    is_translation: bool


def deposit(
    *,
    record: Record,
    rights: Rights,
    author: Member,
    once_key: str,
    kin: Kin | None = None,
    with_file: bool = False,
    insist: bool = False,
) -> Resource:
    """Add a record: out at once when every gate passes, else waiting for a host. What came with
    files, those of the draft of this key, always waits, unless a host adds it. Raises HereAlready, and what `submit` raises."""
    columns = _columns(record, kin, author)
    content = replace(content_of(record), columns=columns)
    try:
        with transaction.atomic():
            sent = submit(
                kind="resource",
                content=content,
                author=author,
                once_key=once_key,
                origin=WITH_FILE if with_file else "web",
                insist=insist,
            )
            row = Resource.objects.get(pk=sent.pk)
            if not Deposit.objects.filter(resource=row).exists():
                _write_whole(row, record, rights, author, kin)
            if with_file:
                # With the record or not at all: whoever lets it out lets its files out too.
                files.attach(draft_key=once_key, resource=row, by=author)
    except IntegrityError as error:
        # Somebody else added the same title a moment ago.
        raise HereAlready from error
    return row


def content_of(record: Record) -> Content:
    """The words of a record as the gates read them: title, summary, and what else is no name of a
    person (those of authors are whole by nature, and no concern)."""
    told = [record.publisher, record.edition]
    told += [one.name for one in record.made_by if one.is_organisation]
    told += [one.label for one in record.links or ()]
    return replace(record.content(), organisation=". ".join(word for word in told if word))


def change(
    *, row: Resource, record: Record, by: Member, version: int, insist: bool = False
) -> bool:
    """Say a record anew. True when all of it stands at once; False when the new title or summary
    wait for a host, and everything else stands. Raises what `revise` raises, and HereAlready."""
    content = replace(content_of(record), columns=_columns_of_change(row, record))
    try:
        with transaction.atomic():
            authors_stay = row.authors == record.authors_line
            stands = revise(
                contribution=row, content=content, by=by, version=version, insist=insist
            )
            fresh = Resource.objects.get(pk=row.pk)
            if not stands and fresh.is_public:
                _write_facts(fresh, record)
            write_beside(fresh, record, authors_stay=authors_stay)
    except IntegrityError as error:
        raise HereAlready from error
    return stands or not fresh.is_public


def mark_checked(*, row: Resource, by: Member) -> None:
    """A host looked at it and found it still good. Raises NotAllowed."""
    if not by.is_host:
        raise NotAllowed
    with transaction.atomic():
        _rows(row).update(checked_at=now(), checked_by=by)
        _enriched(row, by)


def relate(*, row: Resource, how: str, other: Resource | None, by: Member) -> None:
    """Say that a record gave way to another one, or is a translation of it; None takes it back.
    Raises NotAllowed, also when the two would point at each other."""
    if not by.is_host or how not in ("superseded_by", "translation_of"):
        raise NotAllowed
    if other is not None and (other.pk == row.pk or getattr(other, f"{how}_id") == row.pk):
        raise NotAllowed
    with transaction.atomic():
        _rows(row).update(**{how: other})
        _enriched(row, by)


def file_under_title(row: Resource) -> None:
    """A host let a new title out: the record is found and filed under it from now on."""
    filed, signature = sort_title(row.title), title_signature(row.title)
    if row.sort_title == filed:
        return
    taken = Resource.objects.filter(title_signature=signature).exclude(pk=row.pk).exists()
    row.sort_title = filed
    row.title_signature = row.title_signature if taken else signature
    row.save(update_fields=["sort_title", "title_signature"])


def say(*, resource: Resource, body: str, by: Member) -> DepositWord:
    """One word in the talk between hosts and whoever added a record; each is a mail to somebody.
    Raises NotAllowed, and TooMany of a member's words in a day."""
    is_author = resource.author_id == by.pk
    if not (by.is_host or is_author) or not may_contribute(by):
        raise NotAllowed
    lately = DepositWord.objects.filter(by=by, at__gt=now() - timedelta(days=1))
    if not by.is_host and lately.count() >= WORDS_A_DAY:
        raise TooMany
    with transaction.atomic():
        word = DepositWord.objects.create(
            resource=resource,
            by=by,
            shown_as=by.shown_name,
            is_host=not is_author,
            body=clean(body)[:LONGEST_WORD],
        )
        record_event(
            "deposit.worded",
            subject_type="deposit_word",
            subject_id=word.pk,
            actor_id=by.pk,
            detail={"resource": resource.pk},
            public=False,
        )
    return word


def _rows(row: Resource) -> Any:
    # The manager comes from the parent, so types would say Contribution.
    return Resource.objects.filter(pk=row.pk)


def _enriched(row: Resource, by: Member) -> None:
    record_event(
        "contribution.enriched",
        subject_type="contribution",
        subject_id=row.pk,
        actor_id=by.pk,
        detail={"kind": row.kind},
    )


def _write_facts(row: Resource, record: Record) -> None:
    """Everything but the words a host has still to read."""
    for name, value in record.columns().items():
        setattr(row, name, value)
    row.save()
    set_context(row, record.content().term_keys())


def _columns_of_change(row: Resource, record: Record) -> dict[str, object]:
    kept = record.columns()
    if sort_title(record.title) == row.sort_title and record.title == row.title:
        return kept
    same = title_signature(record.title) == title_signature(row.title)
    signature = row.title_signature if same else title_signature(record.title)
    return {**kept, "title_signature": signature, "sort_title": sort_title(record.title)}


def _columns(record: Record, kin: Kin | None, author: Member) -> dict[str, object]:
    signature = title_signature(record.title)
    taken = Resource.objects.filter(title_signature=signature).first()
    taken_back = taken is not None and taken.author_id == author.pk and not taken.is_public
    if taken is not None and (kin is not None or taken_back):
        same = Resource.objects.filter(title=record.title).count()
        more = (record.edition, str(record.year or ""), record.language, str(same))
        signature = distinct_signature(record.title, *more)
    return {
        **record.columns(),
        "title_signature": signature,
        "sort_title": sort_title(record.title),
    }


def _write_whole(
    row: Resource, record: Record, rights: Rights, author: Member, kin: Kin | None
) -> None:
    write_beside(row, record)
    Deposit.objects.create(
        resource=row,
        by=author,
        right=rights.right or Deposit.Right.LINK_ONLY,
        right_note=rights.note[:300],
        people=rights.people,
    )
    if kin is not None and kin.is_translation:
        row.translation_of = kin.resource
        row.save(update_fields=["translation_of"])

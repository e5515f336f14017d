"""Making a record of what another room hands over, and changing it when it is handed over again.
Called through `contributions.catalogue`."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings

from exchange.contributions.catalogue import Enclosed, Entry
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution, State
from exchange.library.actions import add_record, change_record
from exchange.library.files import actions as files
from exchange.library.models import File, LinkKind, Resource
from exchange.library.practice import actions as practice
from exchange.library.records import Further, Record
from exchange.library.rules import distinct_signature
from exchange.members.models import Member


def enter(entry: Entry, by: Member) -> Contribution:
    """The record of a source: made the first time, changed after that. Its files are exactly those
    enclosed now. A host's act. Raises NotAllowed, `library.actions.Held`, `kinds.NotTaken`."""
    if not by.is_host:
        raise NotAllowed
    row = of_source(entry.source)
    if row is None:
        row = add_record(record=_record(entry), by=by, row=_empty(entry))
    else:
        if row.state not in (State.PUBLISHED, State.WAITING):
            raise NotAllowed
        change_record(row=row, record=_record(entry), by=by, signature=_signature(entry))
    enclose(row, entry.files)
    return row


def of_source(source: Contribution) -> Resource | None:
    """The record that was made of something, whatever its state."""
    # The manager comes from the parent, so types would say Contribution.
    rows: Any = Resource.objects
    found: Resource | None = rows.filter(once_key=_key(source)).first()
    return found


def enclose(row: Resource, enclosed: tuple[Enclosed, ...]) -> None:
    """Leave the files that are still enclosed, take away the others, add the new ones. No
    transaction spans this: each file is read and cleaned by programs of its own."""
    kept = {file.sent_sha256: file for file in File.objects.filter(resource=row, state="kept")}
    wanted = {_mark(one): one for one in enclosed}
    for mark, file in kept.items():
        if mark not in wanted:
            files.remove(file=file)
    for mark, one in wanted.items():
        if mark not in kept:
            files.bring_in(path=one.path, resource=row, label=one.label, language=one.language)


def say_used(record: Contribution, member: Member, how: str, words: str) -> None:
    """ "We used this", said elsewhere: the use, and words about it as an answer to the record.
    Raises NotAllowed, and as `conversation.actions.answer`."""
    rows: Any = Resource.objects.visible_to(member)
    resource = rows.filter(pk=record.pk).first()
    if resource is None:
        raise NotAllowed
    use = practice.say_used(resource=resource, by=member, how=how)
    if words:
        practice.say_in_words(
            row=use, by=member, body=words, language=member.first_language, insist=True
        )


def _record(entry: Entry) -> Record:
    source = entry.source
    return Record(
        title=entry.title,
        authors=entry.made_by,
        year=entry.year,
        month=entry.month,
        types=entry.types,
        countries=tuple(source.country_codes),
        topics=tuple(source.topic_slugs),
        setting=source.setting,
        mechanism=source.mechanism,
        leadership=source.leadership,
        useful_for=entry.hubs,
        language=entry.language,
        summary=entry.summary,
        url=f"{settings.BASE_URL}{source.get_absolute_url()}",
        link_kind=LinkKind.ORIGINAL,
        links=tuple(Further(url, "related", label) for url, label in entry.links),
    )


def _empty(entry: Entry) -> Resource:
    """The row before it has words. Another record may bear the same title: what came of an hour
    is another thing than a document that is called the same."""
    return Resource(once_key=_key(entry.source), title_signature=_signature(entry))


def _signature(entry: Entry) -> str:
    return distinct_signature(entry.title, _key(entry.source))


def _key(source: Contribution) -> str:
    return f"record-of-{source.pk}"


def _mark(one: Enclosed) -> str:
    with one.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Writing a short version of a record, and deciding about one that waits.
Called by views; what is offered elsewhere beside a record goes the same way (`offering`)."""

from __future__ import annotations

from typing import Any

from exchange.contributions.content import Content
from exchange.library.ladder.readability import read
from exchange.library.models import Resource, Rung
from exchange.library.offering import actions as offering
from exchange.members.models import Member


def write_rung(
    *,
    resource: Resource,
    length: str,
    text: str,
    language: str,
    by: Member,
    once_key: str = "",
    insist: bool = False,
) -> Rung:
    """Write or improve one. A host's stands at once, everybody else's waits for a host.
    Raises as `offering.actions.offer`."""
    found = read(text, language)
    row = Rung(
        resource=resource,
        length=length,
        text=text,
        language=language,
        words_a_sentence=min(found.words_a_sentence, 30_000),
        grade=found.score,
    )
    return offering.offer(
        row=row,
        content=Content(title="", body=text),
        by=by,
        stands_at_once=by.is_host,
        replaces=lambda: in_place_of(row),
        once_key=once_key,
        insist=insist,
    )


def in_place_of(row: Rung) -> Any:
    """The short versions of the same length and language beside the same record."""
    return Rung.objects.filter(
        resource_id=row.resource_id, length=row.length, language=row.language
    ).exclude(pk=row.pk)

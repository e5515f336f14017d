"""The two founding documents, with which every library begins: files, short versions, advice.
Called by the starter content; running it again adds only what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from exchange.core import gates
from exchange.core.time import now
from exchange.library.files.actions import bring_in
from exchange.library.ladder.readability import read
from exchange.library.models import Recommendation, Resource, Rung, Standing
from exchange.library.rules import title_signature

STARTER = Path(__file__).parent / "starter"


def load() -> int:
    """How many of the documents were brought in now."""
    return sum(_brought_in(entry) for entry in entries())


def entries() -> list[dict[str, Any]]:
    """What the starter file says of each document."""
    read_in: list[dict[str, Any]] = yaml.safe_load(
        (STARTER / "founding.yaml").read_text(encoding="utf-8")
    )
    return read_in


def _brought_in(entry: dict[str, Any]) -> bool:
    # The manager comes from the parent, so types would say Contribution.
    records: Any = Resource.objects.listed()
    row = records.filter(title_signature=title_signature(entry["title"])).first()
    if row is None or row.files.exists():
        return False
    with transaction.atomic():
        for model in (Rung, Recommendation):
            model.objects.filter(once_key__startswith=f"starter-{row.pk}-").delete()
        for length in Rung.Length:
            for language, text in entry.get(length.value, {}).items():
                _put_in_short(row, length, language, text.strip())
        for place, text in enumerate(entry.get("recommendations", ()), start=1):
            _recommend(row, place, text)
    # Last, because it says that all the rest is there.
    bring_in(path=STARTER / "documents" / entry["file"], resource=row)
    return True


def _put_in_short(row: Resource, length: Rung.Length, language: str, text: str) -> None:
    if not _passes(text, language):
        return
    found = read(text, language)
    Rung.objects.create(
        resource=row,
        length=length,
        language=language,
        text=text,
        words_a_sentence=min(found.words_a_sentence, 30_000),
        grade=found.score,
        standing=Standing.PUBLISHED,
        once_key=f"starter-{row.pk}-{length}-{language}",
        at=now(),
    )


def _recommend(row: Resource, place: int, text: str) -> None:
    if _passes(text, row.language):
        Recommendation.objects.create(
            resource=row,
            place=place,
            text=text,
            language=row.language,
            standing=Standing.PUBLISHED,
            once_key=f"starter-{row.pk}-advice-{place}",
            at=now(),
        )


def _passes(text: str, language: str) -> bool:
    """Our own words go through the gates as everybody's."""
    return gates.judge(
        gates.Submission(
            text=text,
            kind="resource",
            language=language,
            author_is_host=True,
            author_is_newcomer=False,
            origin="starter",
        )
    ).passed

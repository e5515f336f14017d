"""What a new Exchange begins with: the vocabulary, the real library, the hosts' first questions.
Called by `load_starter` and by tests; running it again changes only what differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import connection, transaction

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.hubs import starting as hubs
from exchange.library import founding
from exchange.library.actions import add_records
from exchange.library.importing import plan
from exchange.library.models import LinkKind
from exchange.library.records import Record
from exchange.library.sheet import read
from exchange.mail.receiving import boxes
from exchange.organisations import starting as organisations
from exchange.taxonomy.actions import load_terms

PACKAGE = Path(__file__).resolve().parent.parent
LIBRARY = PACKAGE / "library" / "starter" / "library.csv"
OPENING = PACKAGE / "contributions" / "starter" / "opening.yaml"

# How far apart starter items stand on the first day, so that no page shows one crowd of minutes.
_BETWEEN_RECORDS = timedelta(hours=2, minutes=7)
_BETWEEN_QUESTIONS = timedelta(hours=5, minutes=13)
# Passing through the file with this stride mixes its languages.
_STRIDE = 11


class Wrong(Exception):
    """The starter content itself has an error; the message names it."""


@dataclass(frozen=True)
class Loaded:
    """How much was brought in; the terms are counted whether they changed or not."""

    terms: int
    records: int
    openings: int

    @property
    def anything(self) -> bool:
        return bool(self.records or self.openings)


def load() -> Loaded:
    """Bring in whatever is missing. Raises Wrong when the starter files have an error."""
    terms = load_terms()
    boxes.load_starter()
    organisations.load()
    hubs.load()
    with transaction.atomic():
        loaded = Loaded(terms=terms, records=_load_library(), openings=_load_opening())
    # Files are opened by programs of their own: no transaction waits for that.
    founding.load()
    count_anew()
    return loaded


def count_anew() -> None:
    """Let SQLite know what is in its tables: a migration that makes a table anew forgets that,
    and it then chooses the wrong index. PostgreSQL sees to it by itself."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            # Whole, though it takes seconds on a large one: counts from samples mislead it.
            cursor.execute("PRAGMA analysis_limit=0")
            cursor.execute("ANALYZE")


def _load_library() -> int:
    made = plan(read(LIBRARY.read_bytes()))
    if made.problems:
        raise Wrong("; ".join(f"row {number}: {words}" for number, words in made.problems))
    readable = {entry["title"] for entry in founding.entries()}
    records = sorted(
        (record for _number, record in made.new),
        key=lambda record: (record.title in readable and record.year > 0, *_worth_showing(record)),
    )
    start = now() - timedelta(hours=3)

    def dated(place: int) -> datetime:
        return start - (len(records) - 1 - place) * _BETWEEN_RECORDS

    return len(add_records(records=records, by=None, dated=dated))


def _worth_showing(record: Record) -> tuple[bool, bool, int]:
    """The last ones become the newest: those that can be read here or opened, are described, and
    are recent."""
    return (record.link_kind != LinkKind.MIRROR, bool(record.summary), record.year)


def _load_opening() -> int:
    document = yaml.safe_load(OPENING.read_text(encoding="utf-8"))
    entries = _mixed(document["contributions"])
    keys = {_key(entry) for entry in entries}
    here = set(Contribution.objects.filter(once_key__in=keys).values_list("once_key", flat=True))
    new = [entry for entry in entries if _key(entry) not in here]
    start = now() - timedelta(hours=1)
    for place, entry in enumerate(new):
        row = spine.ROWS.get(entry["kind"], Contribution)(
            once_key=_key(entry), published_at=start - place * _BETWEEN_QUESTIONS
        )
        spine.bring_in(
            kind=entry["kind"],
            content=content_of(entry, moment=start),
            shown_as=document["shown_as"],
            row=row,
            by=None,
        )
    return len(new)


def content_of(entry: dict[str, Any], *, moment: datetime) -> Content:
    """One entry of a starter file as the words and context of a contribution."""
    days = entry.get("expires_in_days")
    return Content(
        title=entry["title"],
        body=str(entry.get("body") or "").strip(),
        language=entry["language"],
        topics=tuple(entry.get("topics") or ()),
        countries=tuple(entry.get("countries") or ()),
        setting=entry.get("setting") or "",
        mechanism=entry.get("mechanism") or "",
        leadership=entry.get("leadership") or "",
        parts={name: str(words).strip() for name, words in (entry.get("parts") or {}).items()},
        organisation=entry.get("organisation") or "",
        expires_at=moment + timedelta(days=days) if days else None,
    )


def _mixed(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The notice that welcomes first, then all languages in turn."""
    first = [entry for entry in entries if entry["kind"] == "notice"]
    rest = [entry for entry in entries if entry["kind"] != "notice"]
    stride = _STRIDE if len(rest) % _STRIDE else 1
    return [*first, *(rest[place * stride % len(rest)] for place in range(len(rest)))]


def _key(entry: dict[str, Any]) -> str:
    return f"starter {entry['key']}"[:40]

"""What somebody said about a record, once more in words, each part with a way back to it.
Used by the last screen of adding a record, and by hosts who read what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from exchange.contributions.models import Draft
from exchange.core import languages
from exchange.core.text import size_in_words
from exchange.library.depositing import steps
from exchange.library.depositing.dating import month_name
from exchange.library.models import Deposit, Evidence, File, Licence
from exchange.library.records import Record
from exchange.taxonomy import vocabulary

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Line:
    """One question, what was said, and the address to say it anew."""

    asks: str | _StrPromise
    said: tuple[str, ...]
    url: str


def lines(
    draft: Draft, record: Record, sent: Iterable[File], address: Callable[[str], str]
) -> list[Line]:
    """Every screen with what was said on it."""
    said = {
        "source": (*(f"{file.name}, {size_in_words(file.size)}" for file in sent), record.url),
        "title": (record.title,),
        "people": (*(one.name for one in record.made_by), record.publisher),
        "date": (_date(record), record.edition),
        "kind": _labels("type", record.types),
        "place": (
            *_labels("country", record.countries),
            *(_labels("region", record.regions) if not record.countries else ()),
            *_labels("region", record.useful_for),
        ),
        "topics": _labels("topic", record.topics),
        "words": (record.summary, languages.named(record.language)),
        "more": _more(record),
        "rights": _rights(draft, record),
    }
    return [
        Line(step.asks, tuple(one for one in said[step.name] if one), address(step.name))
        for step in steps.STEPS
    ]


def _labels(kind: str, slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(vocabulary.label(f"{kind}:{slug}") for slug in slugs)


def _date(record: Record) -> str:
    if record.is_undated:
        return _("it bears no date")
    if record.year and record.month:
        return f"{month_name(record.month)} {record.year}"
    return str(record.year or "")


def _more(record: Record) -> tuple[str, ...]:
    placed = [
        vocabulary.label(f"{name}:{getattr(record, name)}")
        for name in ("leadership", "setting", "mechanism")
        if getattr(record, name)
    ]
    evidence = str(Evidence(record.evidence).label) if record.evidence else ""
    isbn = f"ISBN {record.isbn}" if record.isbn else ""
    return (*placed, evidence, *_labels("audience", record.audiences), isbn)


def _rights(draft: Draft, record: Record) -> tuple[str, ...]:
    right, people = steps.answer(draft, "right"), steps.answer(draft, "people")
    return (
        str(Deposit.Right(right).label) if right in Deposit.Right.values else "",
        str(Licence(record.licence).label) if record.licence else "",
        steps.answer(draft, "right_note"),
        str(Deposit.People(people).label) if people in Deposit.People.values else "",
    )

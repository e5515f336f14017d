"""A table against the library: what is new, what is here already, what is wrong, row by row.
Called by the import command and by the starter content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from exchange.library.actions import may_be_changed
from exchange.library.forms import RecordForm
from exchange.library.models import Resource
from exchange.library.records import Record, record_of
from exchange.library.rules import title_signature
from exchange.library.sheet import Line

_ASK_AT_ONCE = 500


@dataclass(frozen=True)
class Change:
    """A row that says something else than the record here, and in which columns."""

    number: int
    row: Resource
    record: Record
    columns: tuple[str, ...]


@dataclass
class Plan:
    """What an import would do. Nothing in it is written yet."""

    new: list[tuple[int, Record]] = field(default_factory=list)
    same: int = 0
    kept_back: int = 0
    changed: list[Change] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        wrong = len({number for number, _words in self.problems})
        return len(self.new) + self.same + self.kept_back + len(self.changed) + wrong


def plan(lines: Iterable[Line]) -> Plan:
    """Read every row, find the records already here, and say what would happen."""
    made = Plan()
    good = _without_twins(_understood(lines, made), made)
    here = _already_here(title_signature(record.title) for _number, record in good)
    for number, record in good:
        row = here.get(title_signature(record.title))
        if row is None:
            made.new.append((number, record))
        elif not may_be_changed(row):
            made.kept_back += 1
        elif columns := _differing(record.over(record_of(row)), record_of(row)):
            made.changed.append(Change(number, row, record.over(record_of(row)), columns))
        else:
            made.same += 1
    made.problems.sort()
    return made


def _understood(lines: Iterable[Line], made: Plan) -> list[tuple[int, Record]]:
    good = []
    for line in lines:
        if any(cell.strip() for cell in line.overflow):
            made.problems.append(
                (line.number, _("there are more cells than columns; is a separator not quoted?"))
            )
            continue
        form = RecordForm(line.cells)
        if form.is_valid():
            good.append((line.number, form.record()))
        else:
            made.problems.extend((line.number, words) for words in form.problems())
    return good


def _without_twins(good: list[tuple[int, Record]], made: Plan) -> list[tuple[int, Record]]:
    first: dict[str, int] = {}
    alone = []
    for number, record in good:
        signature = title_signature(record.title)
        if signature in first:
            made.problems.append(
                (number, _("the title is the same as in row %(row)s") % {"row": first[signature]})
            )
        else:
            first[signature] = number
            alone.append((number, record))
    return alone


def _already_here(signatures: Iterable[str]) -> dict[str, Resource]:
    wanted = list(signatures)
    here: dict[str, Resource] = {}
    for start in range(0, len(wanted), _ASK_AT_ONCE):
        some = wanted[start : start + _ASK_AT_ONCE]
        rows: Any = Resource.objects.filter(title_signature__in=some)
        here.update((row.title_signature, row) for row in rows)
    return here


def _differing(record: Record, known: Record) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in fields(Record)
        if _comparable(record, column.name) != _comparable(known, column.name)
    )


def _comparable(record: Record, name: str) -> object:
    value = getattr(record, name)
    # Terms are kept in the vocabulary's order and a table may name them in any; authors have one.
    return sorted(value) if isinstance(value, tuple) and name != "authors" else value

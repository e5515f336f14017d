"""Rows against the library: what is new, what is here already, what is wrong, row by row.
Called by the import command, the hosts' pages, harvests and the starter content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from exchange.library.actions import may_be_changed
from exchange.library.bringing.rows import Row
from exchange.library.bringing.standing import Here, Match
from exchange.library.forms import RecordForm
from exchange.library.models import Resource
from exchange.library.records import Record, record_of, whole_record_of
from exchange.library.rules import title_signature
from exchange.library.shelf import host_of


class Outcome(StrEnum):
    """What would become of a row, or what became of it."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    WRONG = "wrong"
    KEPT_BACK = "kept-back"
    # Another title, but an identifier or address that a record here has.
    TWIN = "twin"
    # Right, but a host must say what kind it is, what it is about and where.
    NEEDS = "needs"
    # The library it came from has deleted it.
    GONE = "gone"
    BROUGHT = "brought"
    UPDATED = "updated"
    HELD = "held"


@dataclass(frozen=True)
class Judged:
    """One row, and what an import would do with it. `row` is the record here that it is."""

    number: int
    outcome: Outcome
    title: str
    words: tuple[str, ...] = ()
    record: Record | None = None
    row: Resource | None = None
    columns: tuple[str, ...] = ()
    source: Row | None = None


@dataclass(frozen=True)
class Filling:
    """What a host says of all rows that are silent about it: slugs of our vocabulary, a code."""

    language: str = ""
    resource_types: str = ""
    countries: str = ""
    regions: str = ""
    topics: str = ""

    def into(self, cells: Mapping[str, str]) -> dict[str, str]:
        silent = {
            name: value
            for name in ("language", "resource_types", "topics")
            if (value := getattr(self, name)) and not cells.get(name, "").strip()
        }
        if not cells.get("countries", "").strip() and not cells.get("regions", "").strip():
            silent.update(countries=self.countries, regions=self.regions)
        return {**cells, **silent}


@dataclass
class Plan:
    """What an import would do. Nothing in it is written yet."""

    judged: list[Judged] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.judged)

    @property
    def new(self) -> list[tuple[int, Record]]:
        return [(one.number, one.record) for one in self.of(Outcome.NEW) if one.record]

    @property
    def problems(self) -> list[tuple[int, str]]:
        return [(one.number, words) for one in self.of(Outcome.WRONG) for words in one.words]

    def of(self, outcome: Outcome) -> list[Judged]:
        return [one for one in self.judged if one.outcome is outcome]

    def counts(self) -> dict[str, int]:
        return {one.value: n for one in Outcome if (n := len(self.of(one)))}


def plan(
    rows: Iterable[Row],
    *,
    filling: Filling | None = None,
    is_table: bool = True,
    foreign: Mapping[str, Resource] | None = None,
) -> Plan:
    """Read every row, find the records already here, and say what would happen. A table of ours
    (`is_table`) takes away what it leaves empty; other forms only add what they say. `foreign`
    are the records here by the names another library has for them."""
    known = foreign or {}
    understood = [_understood(row, filling or Filling(), is_table, known) for row in rows]
    alone = _without_twins(understood)
    here = Here([one.record for one in alone if one.record])
    return Plan([_placed(one, here, is_table) for one in alone])


def _understood(
    row: Row, filling: Filling, is_table: bool, foreign: Mapping[str, Resource]
) -> Judged:
    begun = Judged(row.number, Outcome.NEW, row.title, row.notes, source=row)
    known = foreign.get(row.identifier) if row.identifier else None
    if row.is_deleted:
        said = (
            _("the other library deleted it; here it stays until a host withdraws it")
            if known
            else _("the other library deleted it before it was brought here")
        )
        return replace(begun, outcome=Outcome.GONE, words=(*row.notes, said), row=known)
    if row.wrong:
        return replace(begun, outcome=Outcome.WRONG, words=row.wrong)
    cells = filling.into(row.cells)
    has_language = bool(cells.get("language", "").strip())
    # Of what other programs wrote a host may still say the language; the rest is looked at now.
    form = RecordForm(cells if is_table or has_language else {**cells, "language": "en"})
    if not form.is_valid():
        return replace(begun, outcome=Outcome.WRONG, words=tuple(form.problems()))
    # A language nobody said must not change the one that is known.
    record = form.record() if is_table or has_language else replace(form.record(), language="")
    made = replace(begun, record=record, row=known, title=record.title)
    if not is_table and (needed := _needed(record, has_language)):
        return replace(made, outcome=Outcome.NEEDS, words=(needed, *row.notes))
    return made


def _needed(record: Record, has_language: bool) -> str:
    """What a host must still say of a record that other people described, in one sentence."""
    missing = [
        name
        for name, is_there in (
            (_("a type"), record.types),
            (_("a place"), record.countries or record.regions),
            (_("a topic"), record.topics),
            (_("a language"), has_language),
        )
        if not is_there
    ]
    return _("needs %(what)s") % {"what": ", ".join(missing)} if missing else ""


def _without_twins(understood: list[Judged]) -> list[Judged]:
    """The second row of the same title is wrong; of the same DOI or ISBN, a host decides."""
    first: dict[str, int] = {}
    alone = []
    for one in understood:
        if one.record is None:
            alone.append(one)
            continue
        signature = title_signature(one.record.title)
        if signature in first:
            said = _("the title is the same as in row %(row)s") % {"row": first[signature]}
            alone.append(replace(one, outcome=Outcome.WRONG, words=(said,), record=None))
            continue
        first[signature] = one.number
        name = one.record.doi and f"doi {one.record.doi}"
        if name and name in first and one.row is None:
            said = _("the DOI is the same as in row %(row)s") % {"row": first[name]}
            outcome = Outcome.TWIN if one.outcome is Outcome.NEW else one.outcome
            one = replace(one, outcome=outcome, words=(said, *one.words))
        if name:
            first.setdefault(name, one.number)
        alone.append(one)
    return alone


def _placed(one: Judged, here: Here, is_table: bool) -> Judged:
    if one.record is None:
        return one
    row = one.row or here.titled(one.record)
    if row is None:
        return _beside(one, here.like(one.record), is_table)
    if not may_be_changed(row) or row.sealed_at is not None:
        return replace(one, outcome=Outcome.KEPT_BACK, row=row, words=())
    known = _known(row, one.record)
    said = one.record.over(known) if is_table else _adding(one.record, known)
    columns = differing(said, known)
    if not columns:
        return replace(one, outcome=Outcome.SAME, row=row, words=())
    return replace(
        one,
        outcome=Outcome.CHANGED,
        row=row,
        record=said,
        columns=columns,
        words=(
            *(_difference(name, known, said) for name in columns),
            *(one.source.notes if one.source else ()),
        ),
    )


def _beside(one: Judged, like: Match | None, is_table: bool) -> Judged:
    """Not here by its title; perhaps by another of its names."""
    if like is None:
        return one
    words = (like.words, *one.words)
    if one.outcome is Outcome.NEW and not (is_table and like.is_weak):
        return replace(one, outcome=Outcome.TWIN, words=words)
    return replace(one, words=words)


def _known(row: Resource, record: Record) -> Record:
    if record.creators is None and record.links is None:
        return record_of(row)
    return whole_record_of(row)


def _adding(record: Record, known: Record) -> Record:
    """What others wrote fills and corrects; where it is silent, what is known stays."""
    empty = Record(title="", language="")
    silent = [
        one.name for one in fields(Record) if getattr(record, one.name) == getattr(empty, one.name)
    ]
    # Where we say it stands stays, unless it is the same site that says it stands elsewhere now.
    if known.url and host_of(known.url) != host_of(record.url):
        silent += ["url", "link_kind"]
    # Our own words and places are better than what was made of other people's.
    silent += [name for name in _OURS if getattr(known, name)]
    # Further links are gathered, never taken away.
    links = {one.url: one for one in (*(known.links or ()), *(record.links or ()))}
    said = replace(record, **{name: getattr(known, name) for name in silent})
    return replace(said, links=tuple(links.values()) or None) if record.links else said


def differing(record: Record, known: Record) -> tuple[str, ...]:
    """The names of what a record says otherwise than it is known."""
    return tuple(
        column.name
        for column in fields(Record)
        if getattr(record, column.name) is not None
        and _comparable(record, column.name) != _comparable(known, column.name)
    )


def _comparable(record: Record, name: str) -> object:
    value = getattr(record, name)
    if name == "links":
        return sorted((one.url, one.kind) for one in value or ())
    # Terms are kept in the vocabulary's order and a table may name them in any; people have one.
    return sorted(value) if isinstance(value, tuple) and name not in _ORDERED else value


def _difference(name: str, known: Record, said: Record) -> str:
    return _("%(column)s: here “%(here)s”, there “%(there)s”") % {
        "column": name.replace("_", " "),
        "here": _shown(getattr(known, name)),
        "there": _shown(getattr(said, name)),
    }


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(str(getattr(one, "name", getattr(one, "url", one))) for one in value)[:120]
    return str(value or "")[:120]


_OURS = (
    *("types", "topics", "countries", "regions", "setting", "mechanism", "leadership"),
    *("summary", "source_site"),
)
_ORDERED = ("authors", "creators")

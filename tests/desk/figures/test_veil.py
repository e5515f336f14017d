"""An attack on the hidden numbers: whoever has every page of every time, and subtracts them all.
Run by pytest alone."""

from datetime import UTC, datetime
from fractions import Fraction
from random import Random

import pytest
import time_machine

from exchange.desk.figures import veil
from exchange.desk.figures.periods import Period, moved, one, quarter_of, year_of

pytestmark = pytest.mark.usefixtures("_later")
JANUARY = one(datetime(2025, 1, 1, tzinfo=UTC).date()).first
YEAR = year_of(JANUARY)
KEYS = "ABCDE"
# Who did it, in which month, under which key; one row is one thing done.
World = dict[tuple[int, str], set[int]]


@pytest.fixture
def _later():
    with time_machine.travel(datetime(2026, 2, 1, tzinfo=UTC)):
        yield


def world(seed: int) -> World:
    """Keys of every size, so that some are hidden in each month and some in most."""
    draw = Random(seed)
    sizes = {key: draw.choice((1, 2, 3, 4, 6, 9, 20)) for key in KEYS}
    found: World = {}
    for month in range(12):
        for place, key in enumerate(KEYS):
            n = draw.randint(0, sizes[key])
            crowd = range(place * 100, place * 100 + sizes[key] + 3)
            if n:
                found[month, key] = set(draw.sample(crowd, n))
    return found


def behind(found: World, period: Period, key: str) -> set[int]:
    """The people of a key in a period."""
    months = [(month - JANUARY).days // 30 for month in period.months]
    return set().union(*(found.get((month, key), set()) for month in months))


def cells(found: World, period: Period) -> dict[Period, dict[str, int]]:
    spans = [one(month) for month in period.months]
    spans += veil.longer_in(period, quarter_of) + veil.longer_in(period, year_of)
    return {
        span: {key: n for key in KEYS if (n := len(behind(found, span, key)))} for span in spans
    }


def every_period() -> list[Period]:
    """Any two months of the year."""
    return [Period(a, b) for a in YEAR.months for b in YEAR.months if a <= b]


class Attacker:
    """Knows sums of cells, and tries which others follow from them, exactly."""

    def __init__(self, found: World) -> None:
        self.places = {cell: n for n, cell in enumerate(sorted(found))}
        self.rows: dict[int, list[Fraction]] = {}

    def learns(self, known: set[tuple[int, str]]) -> None:
        row = self._without_known(self._row(known))
        lead = next((n for n, value in enumerate(row) if value), None)
        if lead is None:
            return
        row = [value / row[lead] for value in row]
        for other, values in self.rows.items():
            if values[lead]:
                by = values[lead]
                self.rows[other] = [a - by * b for a, b in zip(values, row, strict=True)]
        self.rows[lead] = row

    def works_out(self, wanted: set[tuple[int, str]]) -> bool:
        return not any(self._without_known(self._row(wanted)))

    def _row(self, known: set[tuple[int, str]]) -> list[Fraction]:
        row = [Fraction(0)] * len(self.places)
        for cell in known:
            if cell in self.places:
                row[self.places[cell]] = Fraction(1)
        return row

    def _without_known(self, row: list[Fraction]) -> list[Fraction]:
        for lead, values in self.rows.items():
            if row[lead]:
                by = row[lead]
                row = [a - by * b for a, b in zip(row, values, strict=True)]
        return row


def after_reading_everything(found: World) -> Attacker:
    """Every total, and every number by key, of every period there is."""
    attacker = Attacker(found)
    for month in range(12):
        attacker.learns({(month, key) for key in KEYS})
    for period in every_period():
        atoms = veil.atoms(period, cells(found, period))
        for key in KEYS:
            mine = [span for span, known in atoms if known == key]
            attacker.learns({((m - JANUARY).days // 30, key) for span in mine for m in span.months})
    return attacker


def worked_out(found: World) -> list[str]:
    """Keys and runs of months with few people behind them that follow from what is told."""
    attacker = after_reading_everything(found)
    faults = []
    for key in KEYS:
        for period in every_period():
            few = behind(found, period, key)
            months = {((m - JANUARY).days // 30, key) for m in period.months}
            if 0 < len(few) < veil.FLOOR and attacker.works_out(months & set(found)):
                # A month in which so few did anything at all is known by its total.
                alone = all(
                    sum(len(found.get((month, k), ())) for k in KEYS) < veil.FLOOR
                    or found.get((month, key)) is None
                    for month, _key in months
                )
                faults += [] if alone else [f"{key} {period.code}: {len(few)}"]
    return faults


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_follows_from_all_that_is_told(seed):
    assert worked_out(world(seed)) == []


def test_the_attack_finds_what_a_careless_table_gives_away(monkeypatch):
    def careless(people: veil.Cells) -> set[str]:
        return {key for key, n in people.items() if n >= veil.FLOOR}

    monkeypatch.setattr(veil, "told_of_month", careless)

    assert any(worked_out(world(seed)) for seed in range(12))


def test_the_attack_finds_what_a_careless_quarter_gives_away(monkeypatch):
    monkeypatch.setattr(veil, "_leaves_enough", lambda *_given: True)

    assert any(worked_out(world(seed)) for seed in range(12))


def test_something_is_told_all_the_same():
    told = [veil.atoms(YEAR, cells(world(seed), YEAR)) for seed in range(12)]

    assert sum(map(len, told)) > 100
    assert any(span.size == 3 for atoms in told for span, _key in atoms)


def test_the_second_smallest_is_hidden_with_the_smallest():
    assert veil.told_of_month({"A": 2, "B": 5, "C": 30}) == {"C"}
    assert veil.told_of_month({"A": 3, "B": 4, "C": 30}) == {"C"}
    assert veil.told_of_month({"A": 2, "C": 30}) == set()
    assert veil.told_of_month({"C": 30}) == {"C"}
    assert veil.told_of_month({"A": 4}) == set()
    assert veil.told_of_month({}) == set()


def test_few_in_each_month_are_told_for_the_quarter():
    quarter = quarter_of(JANUARY)
    months = [one(moved(JANUARY, n)) for n in range(3)]
    small = {month: {"A": 3, "B": 3, "C": 3} for month in months}

    atoms = veil.atoms(quarter, {**small, quarter: {"A": 7, "B": 6, "C": 5}})

    # Two of three: the last stays, or it could be worked out from the totals of the months.
    assert atoms == {(quarter, "A"), (quarter, "B")}

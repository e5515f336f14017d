"""The pages of figures: who comes in, what they cost and weigh, what is refused, the files.
Run by pytest alone."""

import gzip
import re
from random import Random

import pytest
from django.test import Client

from exchange.desk.figures import exports, veil
from exchange.desk.figures.actions import keep
from exchange.desk.figures.counting.cells import Cell
from exchange.desk.figures.periods import Period, one, read
from exchange.desk.figures.tables import Part, Row, Shown
from exchange.desk.figures.tabs import every
from tests import cast
from tests.desk.figures.comparing import numbers
from tests.desk.figures.conftest import asks, at, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]
AT_MOST = 14_000
PAGES = [f"/desk/figures/{tab.slug}/" for tab in every.TABS]
ALL = [*PAGES, "/desk/figures/", "/desk/figures/report/"]


@pytest.mark.parametrize("page", ALL)
def test_every_page_is_light_and_asks_little_at_the_second_look(
    page, desk, october, django_assert_max_num_queries
):
    for prefix in ("", "/ar"):
        address = f"{prefix}{page}?period=2026"
        answer = desk.get(address, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200
        assert len(answer.content) < AT_MOST
        assert b"<script" not in gzip.decompress(answer.content)
        assert not re.search(rb"<svg[^>]*style=", gzip.decompress(answer.content))
        with django_assert_max_num_queries(8):
            desk.get(address)


def test_figures_are_for_hosts_alone(desk, amina, visitor):
    for page in (*ALL, "/desk/figures/all.zip", "/desk/figures/tables/answers.csv"):
        assert desk.get(page).status_code == 200
        assert cast.signed_in(Client(), amina).get(page).status_code == 404
        assert visitor.get(page).status_code in (302, 404)
        assert desk.post(page).status_code == 405


def test_an_empty_exchange_has_empty_figures(desk):
    for page in ALL:
        for period in ("", "2026", "2025-01..2026-11"):
            assert desk.get(page, {"period": period}).status_code == 200


def test_two_months_lead_to_an_address_that_can_be_passed_on(desk):
    answer = desk.get("/desk/figures/people/", {"since": "2026-05", "until": "2026-02"})

    assert answer.status_code == 302
    assert answer["Location"] == "/desk/figures/people/?period=2026-02..2026-05"


@pytest.mark.parametrize("asked", [{"period": "2031"}, {"since": "May"}, {"until": "2026-13"}])
def test_a_time_nobody_knows_is_refused_and_stays_as_it_was_typed(desk, asked):
    answer = desk.get("/desk/figures/", asked)
    shown = answer.content.decode()

    assert answer.status_code == 422
    assert "Please write months that have begun" in shown
    if "since" in asked:
        assert 'value="May"' in shown


def test_what_is_not_there_is_not_there(desk):
    assert desk.get("/desk/figures/nonsense/").status_code == 404
    assert desk.get("/desk/figures/tables/nonsense.csv").status_code == 404
    assert desk.get("/desk/figures/tables/answers.csv", {"period": "2031"}).status_code == 404


def test_every_table_says_how_it_is_counted_and_has_a_file(desk, october):
    for part in every.everything(read("2026-10")):
        assert part.how.endswith(".")
        assert numbers(desk, part.slug, "2026-10") is not None
        assert all(len(row.cells) == len(part.columns) - 1 for row in part.rows)


def test_the_report_is_there_in_each_language(desk, october):
    links = re.findall(r'href="(/[^"]*report/\?period=2026-10)"', _report(desk))

    assert len(set(links)) == 6
    for link in links:
        page = desk.get(link).content.decode()
        assert page.count("<svg role=") == 3


def test_no_cell_of_a_file_is_run_by_a_spreadsheet():
    evil = "=1+1"
    part = Part("x", evil, "How.", ("", evil), (Row("@SUM(A1)", (Shown("-1", "-1"),)),))

    assert exports.sheet(part) == "\ufeff,'=1+1,unit\r\n'@SUM(A1),'-1,number\r\n"


def test_a_name_of_somebody_is_in_no_page_and_no_file(desk, october):
    names = ("Amina", "Chen", "UG1", "example.org")
    for page in (*ALL, "/desk/figures/tables/people-by-country.csv"):
        shown = desk.get(page, {"period": "2026-10"}).content.decode()
        assert not [name for name in names if name in shown.partition("<main")[2]]


def test_files_tell_no_more_of_a_country_than_may_be_told(desk):
    """Kept months with small and large countries; every file of every time against the atoms."""
    with at(read("2026-01").begins):
        asks(people("UG", 1)[0], "Who opens your meetings?")
    draw = Random(7)
    base = {month: _countries(draw) for month in read("2026-01..2026-10").months}
    for month, found in base.items():
        keep(one(month), _cells(found))
    quarters = {read(f"2026-q{n}") for n in (1, 2, 3)}
    for quarter in quarters:
        keep(quarter, _cells(_together([base[month] for month in quarter.months])))

    begin, end = min(base), max(base)
    asked = {Period(begin, month) for month in base} | {Period(month, end) for month in base}
    for period in sorted(asked | quarters):
        spans = {one(month): base[month] for month in period.months}
        spans |= {q: _together([base[m] for m in q.months]) for q in quarters}
        told = _told(period, {s: c for s, c in spans.items() if period.first <= s.first})
        file = numbers(desk, "answers-by-country", period.code)
        shown = {name: row["Questions asked"].removeprefix(">=") for name, row in file.items()}
        assert shown == told, period.code


def _told(period: Period, spans: dict[Period, dict[str, int]]) -> dict[str, str]:
    inside = {span: found for span, found in spans.items() if span.last <= period.last}
    atoms = veil.atoms(
        period, {s: {f"country:{k}": n for k, n in f.items()} for s, f in inside.items()}
    )
    names = {"KE": "Kenya", "UG": "Uganda", "TZ": "Tanzania", "MZ": "Mozambique"}
    seen = {key for span, found in inside.items() if span.size == 1 for key in found}
    told = {}
    for key in seen:
        sums = [2 * inside[span][key] for span, known in atoms if known == f"country:{key}"]
        told[names[key]] = str(sum(sums)) if sums else "not told"
    return told


def _countries(draw: Random) -> dict[str, int]:
    found = {"KE": draw.randint(0, 3), "UG": draw.randint(0, 9), "TZ": draw.randint(0, 5)}
    return {key: n for key, n in (found | {"MZ": draw.randint(0, 4)}).items() if n}


def _together(months: list[dict[str, int]]) -> dict[str, int]:
    keys = {key for found in months for key in found}
    return {key: sum(found.get(key, 0) for found in months) for key in keys}


def _cells(found: dict[str, int]) -> list[Cell]:
    """Everybody asked twice."""
    cells = [Cell("asked", 2 * sum(found.values()))]
    return cells + [Cell("asked", 2 * n, f"country:{key}", n) for key, n in found.items()]


def _report(desk: Client) -> str:
    return desk.get("/desk/figures/report/", {"period": "2026-10"}).content.decode()

"""Charts: right for nothing, one, many and huge, in both directions, and no way in for a script.
Run by pytest alone."""

import re
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from exchange.desk.figures import charts
from exchange.desk.figures.charts import Series

MONTHS = ("Sept", "Oct", "Nov")
SHAPES = [
    (),
    (0,),
    (0, 0, 0),
    (1,),
    (None, None),
    (3, None, 5),
    (1, 10**12, 2),
    tuple(range(120)),
]


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def numbers_in(drawn: str) -> list[float]:
    found = re.findall(r' (?:x|y|width|height|cx|cy|r)="([^"%]+)"', drawn)
    return [float(value) for value in found]


@pytest.mark.parametrize("values", SHAPES, ids=str)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_chart_is_well_formed_and_stays_inside_whatever_it_shows(values, language):
    labels = [f"m{n}" for n in range(len(values))]
    rows = [Series("One", values), Series("Other", values)]
    with override(language):
        drawn = [
            charts.bars("A title", labels, rows[:1]),
            charts.bars("A title", labels, rows),
            charts.line("A title", labels, rows[0]),
            charts.multiples("A title", labels, rows),
        ]

    for one in drawn:
        top = parsed(one)
        _zero, _zero, wide, high = map(float, top.attrib["viewBox"].split())
        assert all(-1 <= value <= max(wide, high) for value in numbers_in(one))
        assert "nan" not in one
        assert top.attrib["role"] == "img"
        assert [child.tag for child in list(top)[:2]] == ["title", "desc"]


def test_a_chart_says_in_words_what_it_shows():
    drawn = parsed(charts.bars("People", MONTHS, [Series("People", (3, None, 5))]))

    assert drawn[0].text == "People"
    assert drawn[1].text == "People: Sept 3, Oct –, Nov 5"
    assert drawn.attrib["aria-labelledby"].split() == [drawn[0].attrib["id"], drawn[1].attrib["id"]]


def test_nothing_has_no_bar_and_zero_a_flat_one():
    drawn = charts.bars("People", MONTHS, [Series("People", (0, None, 5))])

    assert [bar[2:] for bar in re.findall(r"<rect[^>]*height=\"[^\"]+", drawn)] != []
    assert re.findall(r"<rect[^>]* height=\"([^\"]+)\"", drawn) == ["0", "86"]


def test_a_line_is_broken_where_nothing_is_known():
    drawn = charts.line("Hours", "abcdef", Series("Hours", (1, 2, None, 4, 5, 6)))

    assert drawn.count("<polyline") == 2
    assert drawn.count("<circle") == 5


def test_time_runs_from_the_right_where_people_read_so():
    series = [Series("People", (1, 0, 0))]
    left = charts.bars("People", MONTHS, series)
    with override("ar"):
        right = charts.bars("People", MONTHS, series)

    def first(drawn: str) -> float:
        return float(re.search(r"<rect x=\"([^\"]+)\"", drawn)[1])

    assert first(left) < charts.WIDTH / 2 < first(right)


def test_no_word_becomes_markup_and_nothing_is_styled():
    evil = '"><script>alert(1)</script>'
    drawn = charts.multiples(evil, [evil], [Series(evil, (1,))])

    assert "<script" not in drawn
    assert parsed(drawn)[0].text == evil
    assert "style" not in drawn


def test_large_numbers_are_short_and_two_charts_never_share_a_name():
    assert charts.brief(950) == "950"
    assert charts.brief(12_345) == "12K"
    one, two = (charts.bars("People", MONTHS, [Series("x", (1, 2, 3))]) for _n in range(2))
    assert parsed(one)[0].attrib["id"] != parsed(two)[0].attrib["id"]

"""What the readers make of files as people send them: every entry a row, nothing an exception.
Read by pytest alone."""

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.library.bringing import bibtex, ris
from exchange.library.bringing.dates import Date, date_of
from exchange.library.bringing.opening import form_of, opened
from exchange.library.bringing.rows import MOST_ROWS, Unreadable
from exchange.library.sheet import COLUMNS

pytestmark = pytest.mark.django_db
relaxed = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

REPORT = r"""
@string{alliance = "Child Resilience {A}lliance"}
@comment{not a record}
@techreport{wessells2018,
  author = {{Save the Children} and Wessells, Michael G. and O{\'e}lla, J. and others},
  title = {The {Sierra Leone} story: {\'E}tude \& after, 50% more},
  institution = alliance # " and " # {UNICEF},
  year = 2018, month = jan,
  keywords = {Kenya, Community ownership and leadership, chocolate},
  language = {french},
  url = {https://example.org/a\_b}, doi = {https://doi.org/10.1000/ABC},
}
"""


def test_bibtex_gives_plain_letters_people_and_organisations() -> None:
    [row] = bibtex.rows_of(REPORT)

    assert row.wrong == ()
    assert row.cells == {
        "title": "The Sierra Leone story: Étude & after, 50% more",
        "creators": "{Save the Children}; Wessells, Michael G.; Oélla, J.",
        "publisher": "Child Resilience Alliance and UNICEF",
        "resource_types": "report",
        "countries": "KE",
        "topics": "community-ownership",
        "language": "fr",
        "year": "2018",
        "month": "1",
        "doi": "10.1000/abc",
        "url": "https://example.org/a_b",
    }
    assert "“and others”: not everybody who made it is named" in row.notes
    assert "words we have no place for: chocolate" in row.notes


def test_a_broken_entry_of_bibtex_is_named_with_its_line_and_the_others_stay() -> None:
    rows = bibtex.rows_of(
        "@misc{a, title={First}}\n@book{b, title={No end, author={Z}\n@misc{c, title={Last}}"
    )

    assert [row.title for row in rows] == ["First", "No end", "Last"]
    assert "the entry in line 2 cannot be read" in rows[1].wrong[0]


def test_what_we_have_no_column_for_is_named() -> None:
    [bib] = bibtex.rows_of("@article{a, title={One}, journal={J}, volume={4}, pages={1--9}}")
    [entry] = ris.rows_of("TY  - JOUR\nTI  - One\nJO  - J\nVL  - 4\nSP  - 1\nER  -\n")

    assert (bib.cells["publisher"], bib.notes) == ("J", ("we have no column for: volume, pages",))
    assert entry.notes == ("we have no column for: volume, start page",)


@pytest.mark.parametrize(
    "keywords",
    [
        "Kenya, Safeguarding, ethics and data, chocolate",
        "chocolate; Kenya; Safeguarding, ethics and data",
    ],
)
def test_a_label_with_a_comma_in_it_is_found_among_commas(keywords: str) -> None:
    [row] = bibtex.rows_of(f"@misc{{a, title={{One}}, keywords={{{keywords}}}}}")

    assert (row.cells["countries"], row.cells["topics"]) == ("KE", "ethics")
    assert row.notes == ("words we have no place for: chocolate",)


def test_two_entries_of_one_key_and_a_field_twice_are_both_read() -> None:
    rows = bibtex.rows_of("@misc{a, title={One}}\n@misc{a, title={Two}, title={Three}}")

    assert [row.title for row in rows] == ["One", "Two"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_ris_of_every_program_is_understood(newline: str, encoding: str) -> None:
    text = newline.join(
        [
            "TY  - RPRT",
            "AU  - Wessells, Mike",
            "AU  - Save the Children",
            "A1  - van Dijk, Jan, Jr.",
            "TI  - Écouter, et",
            "continuer",
            "PY  - 2019/05//",
            "KW  - Kenya",
            "UR  - https://example.org/a;b",
            "SN  - 978-0-306-40615-7",
            "LA  - eng",
            "ER  - ",
        ]
    )

    [row] = opened(text.encode(encoding)).rows

    assert row.cells == {
        "title": "Écouter, et continuer",
        "creators": "Wessells, Mike; {Save the Children}; van Dijk Jr., Jan",
        "resource_types": "report",
        "countries": "KE",
        "language": "en",
        "year": "2019",
        "month": "5",
        "isbn": "9780306406157",
        "url": "https://example.org/a;b",
    }


def test_ris_without_types_or_ends_loses_no_entry() -> None:
    rows = ris.rows_of(
        "TY  - XXXX\nTI  - Unknown type\nTI  - again\nTY  - BOOK\nT1  - No end before it\n"
        "ER  -\nTI  - No type\nER  -\nTY - RPRT\nTI - One space\n"
    )

    assert [row.title for row in rows] == [
        "Unknown type",
        "No end before it",
        "No type",
        "One space",
    ]
    assert rows[0].notes == ("“title” stands there more than once; the first counts",)
    assert "does not say what type it is" in rows[2].notes[0]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("2019", Date(2019)),
        ("2019/05//", Date(2019, 5)),
        ("2019///Spring", Date(2019)),
        ("2019-05-01T10:00:00Z", Date(2019, 5)),
        ("May 2019", Date(2019, 5)),
        ("3 mai 2019", Date(2019, 5)),
        ("[2019]", Date(2019)),
        ("c2019", Date(2019)),
        ("05/2019", Date(2019, 5)),
        ("01/02/2019", Date(2019)),
        ("n.d.", Date(is_undated=True)),
        ("", Date()),
        ("last year", None),
        ("19", None),
    ],
)
def test_dates_are_read_as_far_as_they_are_sure(given: str, found: Date | None) -> None:
    assert date_of(given) == found


def test_a_form_is_known_by_what_it_holds() -> None:
    assert form_of("title,year\nTY  - x,1") == "csv"
    assert form_of("\n\nTY  - RPRT\n") == "ris"
    assert form_of("some words\n@book{a, title={b}}") == "bibtex"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7", "This is a document"),
        (b"\x1f\x8b\x08", "This file is packed"),
        (b"\xd0\xcf\x11\xe0\xa1", "This is a spreadsheet, not CSV"),
        (b"   \r\n ", "The file is empty."),
        (",".join(COLUMNS).encode(), "a heading and no rows"),
    ],
)
def test_other_files_are_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        opened(raw)


def test_more_than_a_person_can_look_through_is_refused_whole() -> None:
    line = "TY  - RPRT\nTI  - a\nER  - \n"

    with pytest.raises(Unreadable, match="more than 10000 records"):
        opened((line * (MOST_ROWS + 1)).encode())


def test_utf_16_without_its_mark_is_understood() -> None:
    assert opened("TY  - RPRT\nTI  - Plain\nER  - \n".encode("utf-16-le")).rows[0].title == "Plain"


def test_one_cell_too_long_is_its_rows_fault() -> None:
    row = ",".join(["a", *([""] * 12)])
    long = ",".join(["b", "x" * 30_000, *([""] * 11)])

    rows = opened(f"{','.join(COLUMNS)}\n{row}\n{long}\n".encode()).rows

    assert rows[0].wrong == ()
    assert "holds 30000 letters" in rows[1].wrong[0]


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["TY  - RPRT", "ER  - ", "TI  - a", "AU  - B, C", "", "PY  - x", "UR  - ["]
        ),
        st.text(max_size=30).filter(lambda line: "\n" not in line and "\r" not in line),
    ),
    max_size=30,
)


@relaxed
@given(LINES)
def test_any_ris_is_rows_or_a_sentence(lines: list[str]) -> None:
    text = "\n".join(lines)

    try:
        rows = ris.rows_of(text)
    except Unreadable:
        return

    assert len(rows) >= sum(line == "TY  - RPRT" for line in lines)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))


PIECES = st.lists(
    st.sampled_from(
        [
            *("@book{k, ", "title = ", "{a}", '"b"', ",", "}", "{", "\\'e", "#", "@string{s={x}}"),
            *("author={A and B and {C}}", "\n", "%", "@comment{", "année", "$", "\\", "s"),
        ]
    ),
    max_size=40,
)


@relaxed
@given(PIECES)
def test_any_bibtex_is_rows_or_a_sentence(pieces: list[str]) -> None:
    with suppress(Unreadable):
        bibtex.rows_of("".join(pieces))


@relaxed
@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_sentence(raw: bytes) -> None:
    with suppress(Unreadable):
        opened(raw)


@pytest.mark.parametrize(
    "hostile",
    [
        "@book{" * 50_000,
        "@book{a, title={" + "{" * 200_000,
        "@book{a, author={" + " and ".join(["{"] * 20_000) + "}}",
        "@book{a, title={" + "{" * 3000 + "x" + "}" * 3000 + "}}",
        "TY  - RPRT\n" + "AU  - A, B\n" * 50_000,
        "TY  - RPRT\n" + "x\n" * 100_000,
        "title," * 100_000,
    ],
)
def test_what_is_made_to_be_slow_is_not(hostile: str) -> None:
    begun = time.process_time()

    with suppress(Unreadable):
        opened(hostile.encode())

    assert time.process_time() - begun < 5

"""Rows against the library: further columns, people, identifiers, and what is never taken away.
Read by pytest alone."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.library.bringing.gathering import as_cell
from exchange.library.bringing.named import links_in, makers_in
from exchange.library.bringing.opening import opened
from exchange.library.bringing.queries import outcomes
from exchange.library.forms import RecordForm
from exchange.library.importing import Outcome, plan
from exchange.library.models import Creator, Link, Resource
from exchange.library.naming import Maker
from exchange.library.sheet import COLUMNS, FURTHER
from tests.library.conftest import ROW, shelved

pytestmark = pytest.mark.django_db
MORE = {
    "authors": "",
    "creators": "Wessells, Mike; {Plan International}; Amin, Sara (editor)",
    "month": "May",
    "doi": "https://doi.org/10.1000/ABC",
    "isbn": "978-0-306-40615-7",
    "handle": "https://hdl.handle.net/10986/1234",
    "licence": "CC-BY",
    "edition": "2nd",
    "evidence": "research",
    "useful_for": "east-africa;west-africa",
    "setting": "village",
    "mechanism": "volunteers",
    "leadership": "community-led",
    "links": "https://example.org/b archive https://web.example.org/a",
    "audiences": "trainers",
}


def judged(text: str, **options: object) -> list[tuple[str, tuple[str, ...]]]:
    read = opened(text.encode())
    made = plan(read.rows, is_table=read.form == "csv", **options)
    return [(one.outcome.value, one.words) for one in made.judged]


def run(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("library", "import", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def wide(tmp_path: Path) -> Callable[..., Path]:
    """Writes a table with every column we know."""

    def write(**cells: str) -> Path:
        row = {**ROW, **MORE, **cells}
        columns = [*COLUMNS, *FURTHER]
        path = tmp_path / "wide.csv"
        line = ",".join(f'"{row.get(name, "")}"' for name in columns)
        path.write_text(f"{','.join(columns)}\n{line}\n")
        return path

    return write


def test_a_table_may_say_much_more(wide: Callable[..., Path]) -> None:
    run(wide(), "--apply")

    made = Resource.objects.get()
    assert (made.year, made.month, made.doi, made.isbn, made.handle) == (
        *(2018, 5, "10.1000/abc"),
        *("9780306406157", "10986/1234"),
    )
    assert (made.licence, made.edition, made.evidence) == ("cc-by", "2nd", "research")
    assert (made.setting, made.mechanism, made.leadership) == (
        *("village", "volunteers"),
        "community-led",
    )
    assert made.hub_slugs == ["east-africa", "west-africa"]
    assert made.authors == "Mike Wessells; Plan International"
    assert list(made.creators.values_list("name", "is_organisation", "family", "role")) == [
        ("Mike Wessells", False, "Wessells", "author"),
        ("Plan International", True, "", "author"),
        ("Sara Amin", False, "Amin", "editor"),
    ]
    assert set(Link.objects.values_list("url", "kind")) == {
        ("https://example.org/b", "related"),
        ("https://web.example.org/a", "archive"),
    }
    assert "Nothing had to change." in run(wide(), "--apply", "--update")


def test_an_older_table_takes_nothing_of_it_away(wide: Callable[..., Path], table, row) -> None:
    run(wide(), "--apply")

    said = run(
        table({**row, "summary": "Better.", "authors": "Mike Wessells;Plan International"}),
        "--apply",
        "--update",
    )

    made = Resource.objects.get()
    assert "updated 1" in said
    assert (made.doi, made.month, made.setting) == ("10.1000/abc", 5, "village")
    assert Creator.objects.count() == 3


def test_a_reference_file_adds_and_never_takes_away(
    wide: Callable[..., Path], tmp_path: Path
) -> None:
    run(wide(), "--apply")
    path = tmp_path / "more.ris"
    path.write_text("TY  - RPRT\nTI  - Learning from villages\nET  - 3rd\nLA  - en\nER  -\n")

    run(path, "--apply", "--update")

    made = Resource.objects.get()
    assert (made.edition, made.doi, made.year, made.summary) == (
        *("3rd", "10.1000/abc"),
        *(2018, ROW["summary"]),
    )


def test_a_language_nobody_said_changes_none(tmp_path: Path) -> None:
    shelved("Ulinzi wa mtoto", language="sw")
    path = tmp_path / "silent.ris"
    path.write_text("TY  - RPRT\nTI  - Ulinzi wa mtoto\nET  - 3rd\nER  -\n")

    assert "differs from the record here in edition" in run(path, "--apply", "--update")
    made = Resource.objects.get()
    assert (made.language, made.edition) == ("sw", "3rd")


@pytest.mark.parametrize(
    ("column", "given", "words"),
    [
        ("month", "13", "“13” is no month"),
        ("doi", "abc", "“abc” is no DOI"),
        ("isbn", "978-0-306-40615-8", "“978-0-306-40615-8” is no ISBN: its digits do not add up"),
        ("handle", "x", "“x” is no handle"),
        ("licence", "free", "“free” is no licence we know; use one of: cc0, cc-by"),
        ("evidence", "hearsay", "“hearsay” is no kind of evidence we know"),
        ("useful_for", "mars", "“mars” is no region we know"),
        ("setting", "moon", "“moon” is no setting we know"),
        ("setting", "village;camp", "there is room for one setting; 2 are given"),
        ("links", "ftp://x.org", "the address “ftp://x.org” must begin with http"),
    ],
)
def test_every_further_column_says_what_is_wrong_with_it(
    wide: Callable[..., Path], column: str, given: str, words: str
) -> None:
    out = io.StringIO()

    with pytest.raises(CommandError):
        call_command("library", "import", str(wide(**{column: given})), stdout=out)

    assert f"row 2: {words}" in out.getvalue()


def test_columns_that_are_not_ours_are_named(tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text(f"{','.join(COLUMNS)},shelf mark\n{','.join(ROW.values())},B 12\n")

    assert "These columns are not ours and were passed over: shelf_mark." in run(path)


def test_another_title_with_an_identifier_of_ours_is_perhaps_here_already() -> None:
    shelved(doi="10.1000/abc", isbn="9780306406157")
    ris = "TY  - RPRT\nTI  - {}\nKW  - Kenya\nKW  - Community ownership and leadership\nLA  - en\n{}\nER  -\n"

    said = judged(ris.format("A", "DO  - 10.1000/ABC") + ris.format("B", "SN  - 0-306-40615-2"))
    front = judged(ris.format("C", "UR  - https://www.example.org/"))
    same_page = judged(ris.format("D", "UR  - https://www.example.org/villages"))

    assert said == [
        ("twin", ("has the same DOI as “Learning from villages”, which is here",)),
        ("twin", ("has the same ISBN as “Learning from villages”, which is here",)),
    ]
    assert front == [("new", ())]
    assert same_page[0][0] == "twin"


def test_two_rows_of_one_doi_are_left_to_a_host() -> None:
    said = judged(
        "@techreport{a, title={A}, doi={10.1000/x}, keywords={Kenya; Safeguarding; ethics and data}, language={en}}\n"
        "@techreport{b, title={B}, doi={10.1000/x}, keywords={Kenya; Safeguarding; ethics and data}, language={en}}"
    )

    assert [outcome for outcome, _words in said] == ["needs", "needs"]
    assert "the DOI is the same as in row 1" in said[1][1]


def test_what_is_new_is_brought_in_by_the_command_in_every_form(tmp_path: Path) -> None:
    bib = tmp_path / "one.bib"
    bib.write_text(r"@techreport{a, title={{\'E}tude}, author={{Plan International}}, year=2018}")
    filled = ("--type", "report", "--place", "east-africa", "--topic", "ethics")

    said = run(bib)
    assert "0 new, 0 already here, 0 changed, 0 wrong, 1 that say too little." in said
    assert "row 1: left out: needs a place, a topic, a language" in said

    assert "Brought in 1" in run(bib, "--apply", "--language", "fr", *filled)
    assert "Nothing had to change." in run(bib, "--apply", "--language", "fr", *filled)
    made = Resource.objects.get()
    assert (made.title, made.language, made.regions) == ("Étude", "fr", "east-africa")


names = st.text(
    alphabet=st.characters(categories=["L", "Nd", "Zs"], include_characters="-'.,"), max_size=40
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.builds(
            Maker,
            name=names,
            is_organisation=st.booleans(),
            family=names,
            given=names,
            role=st.sampled_from(["author", "editor"]),
        ),
        max_size=5,
    )
)
def test_people_written_in_a_cell_are_read_back_as_many(makers: list[Maker]) -> None:
    cell = as_cell(makers)

    read = makers_in(cell) or ()

    assert len(read) <= len(makers)
    assert makers_in(as_cell(list(read))) in (tuple(read), None)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from([*COLUMNS, *FURTHER]), st.text(max_size=60), max_size=12))
def test_any_cells_are_a_record_or_sentences(cells: dict[str, str]) -> None:
    form = RecordForm(cells)

    assert form.record() if form.is_valid() else form.problems()


@given(st.text(max_size=80))
def test_any_links_are_addresses_or_the_one_that_is_none(cell: str) -> None:
    found, wrong = links_in(cell)

    assert found is None or all(one.url.startswith("http") for one in found)
    assert not (found and wrong)


def test_outcomes_have_names_for_hosts() -> None:
    assert set(outcomes()) == set(Outcome)

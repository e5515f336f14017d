"""Importing a table: what it says, what it writes, and that running it twice changes nothing.
Read by pytest alone."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.contributions.models import ContextTerm, Revision, State
from exchange.core import gates
from exchange.library.models import Resource
from exchange.project.starter import LIBRARY

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]


def run(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("library", "import", str(path), *options, stdout=out)
    return out.getvalue()


def refused(path: Path, *options: str) -> str:
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("library", "import", str(path), *options, stdout=out)
    return out.getvalue() + str(error.value)


def test_without_apply_nothing_is_written(table: Table, row: dict[str, str]) -> None:
    said = run(table(row))

    assert "1 row: 1 new, 0 already here, 0 changed, 0 wrong." in said
    assert "dry run" in said
    assert not Resource.objects.exists()


def test_apply_puts_the_record_on_the_shelf(table: Table, row: dict[str, str]) -> None:
    run(table(row), "--apply")

    made = Resource.objects.get()
    assert (made.title, made.year, made.state) == (row["title"], 2018, State.PUBLISHED)
    assert made.author_names == ["Mike Wessells", "Kathleen Kostelny"]
    assert set(ContextTerm.objects.values_list("term_id", flat=True)) == {
        "topic:community-ownership",
        "country:KE",
        "country:SL",
        "type:report",
        "region:east-africa",
    }


def test_the_real_library_comes_in_whole_and_only_once() -> None:
    said = run(LIBRARY, "--apply")

    assert "Brought in 257" in said
    assert Resource.objects.listed().count() == 257
    assert "Nothing had to change." in run(LIBRARY, "--apply")
    assert Resource.objects.count() == 257


def test_every_error_is_said_in_words_with_its_row(table: Table, row: dict[str, str]) -> None:
    wrong = {
        "title": "",
        "year": "20x8",
        "resource_types": "scroll",
        "countries": "ZZ",
        "topics": "dragons",
        "language": "klingon",
        "url": "javascript:alert(1)",
        "link_kind": "friend",
    }

    said = refused(table(row, {**row, **wrong}))

    assert "row 3: the title is missing" in said
    assert "row 3: “20x8” is not a year between 1800 and" in said
    for words in (
        "“scroll” is no type of resource we know",
        "“ZZ” is no country code we know",
        "“dragons” is no topic we know",
        "“klingon” is no language code we know",
        "the address “javascript:alert(1)” must begin with http:// or https://",
        "“friend” is no kind of link; use one of: original, library, mirror",
    ):
        assert f"row 3: {words}" in said
    assert "row 2" not in said


@pytest.mark.parametrize("url", ["ftp://x.org/a", "http://", "https://a b.org", "http://[::1", "x"])
def test_an_address_nobody_can_open_is_refused(table: Table, row: dict[str, str], url: str) -> None:
    assert "must begin with http:// or https://" in refused(table({**row, "url": url}))


def test_a_title_too_long_for_its_place_is_refused(table: Table, row: dict[str, str]) -> None:
    said = refused(table({**row, "title": "Long " * 200}))

    assert "row 2: the title has 999 letters, more than the 500 there is room for" in said


def test_one_wrong_row_lets_nothing_in(table: Table, row: dict[str, str]) -> None:
    said = refused(table(row, {**row, "title": "Another", "year": "99999"}), "--apply")

    assert "Nothing was written." in said
    assert not Resource.objects.exists()


def test_keep_good_brings_in_the_rows_that_are_right(table: Table, row: dict[str, str]) -> None:
    run(table(row, {**row, "title": "Another", "year": "99999"}), "--apply", "--keep-good")

    assert [made.title for made in Resource.objects.all()] == [row["title"]]


def test_the_same_title_twice_in_a_file_is_caught_whatever_its_dress(
    table: Table, row: dict[str, str]
) -> None:
    said = refused(table(row, {**row, "title": " LEARNING  from “Villages”! "}))

    assert "row 3: the title is the same as in row 2" in said


def test_a_title_the_library_has_is_not_added_again(table: Table, row: dict[str, str]) -> None:
    run(table(row), "--apply")

    said = run(table({**row, "title": "Learning from VILLÁGES"}), "--apply")

    assert "0 new, 0 already here, 1 changed" in said
    assert "row 2: differs from the record here in title" in said
    assert Resource.objects.get().title == row["title"]


def test_update_takes_a_changed_row_over_and_keeps_the_old_words(
    table: Table, row: dict[str, str]
) -> None:
    run(table(row), "--apply")
    changed = table({**row, "summary": "Better words.", "countries": "UG"})

    assert "updated 1" in run(changed, "--apply", "--update")

    made = Resource.objects.get()
    assert (made.summary, made.countries, made.version) == ("Better words.", "UG", 2)
    assert Revision.objects.get().body == row["summary"]
    assert "Nothing had to change." in run(changed, "--apply", "--update")


def test_what_a_host_withdrew_stays_withdrawn(table: Table, row: dict[str, str]) -> None:
    run(table(row), "--apply")
    Resource.objects.update(state=State.WITHDRAWN)

    said = run(table({**row, "summary": "Other words."}), "--apply", "--update")

    assert "1 kept back by a host" in said
    assert Resource.objects.get().state == State.WITHDRAWN


def test_a_gate_that_does_not_pass_leaves_records_waiting(
    table: Table, row: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = gates.Verdict(gates.Outcome.HOLD)
    monkeypatch.setattr(gates, "_gates", {"test": lambda _submission: held})

    said = run(table(row), "--apply")

    assert "1 of them wait at the desk" in said
    assert Resource.objects.get().state == State.WAITING


def test_an_update_a_gate_holds_changes_nothing(
    table: Table, row: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(table(row), "--apply")
    held = gates.Verdict(gates.Outcome.HOLD)
    monkeypatch.setattr(gates, "_gates", {"test": lambda _submission: held})

    said = refused(table({**row, "summary": "Other."}), "--apply", "--update")

    assert "need a host's eyes first" in said
    assert Resource.objects.get().summary == row["summary"]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ","), ("utf-8", ";"), ("latin-1", ";"), ("cp1252", "\t"), ("utf-16", ";")],
)
def test_tables_of_every_office_program_are_understood(
    table: Table, row: dict[str, str], encoding: str, delimiter: str
) -> None:
    title = "Écoute et mémoire, à l’école" if encoding != "latin-1" else "Écoute et mémoire"

    run(table({**row, "title": title}, encoding=encoding, delimiter=delimiter), "--apply")

    assert Resource.objects.get().title == title


def test_a_formula_becomes_plain_words(table: Table, row: dict[str, str]) -> None:
    run(
        table({**row, "title": '=HYPERLINK("http://x.org";"Open")', "authors": "@SUM(1)"}),
        "--apply",
    )

    made = Resource.objects.get()
    assert made.title == 'HYPERLINK("http://x.org";"Open")'
    assert made.authors == "SUM(1)"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04rest", "This is a spreadsheet, not CSV."),
        (b"title\x00,authors", "This is no text file."),
        (b"name,year\r\nx,2018\r\n", "I found no “title”"),
        (b"title,year\r\nx,2018\r\n", "lacks these columns: authors"),
        (b'title,"year\r\nx,2018\r\n', "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    tmp_path: Path, raw: bytes, words: str
) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(raw)

    assert words in refused(path)


def test_a_file_that_is_not_there_is_said_so() -> None:
    assert "I cannot read /nowhere.csv" in refused(Path("/nowhere.csv"))


def test_a_row_with_too_many_cells_is_refused(tmp_path: Path, table: Table, row: dict) -> None:
    path = table(row)
    path.write_bytes(path.read_bytes().rstrip() + b",and more\r\n")

    assert "row 2: there are more cells than columns" in refused(path)

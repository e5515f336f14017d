"""The hosts' pages of bringing records in: nothing is written before they say so, nothing is lost.
Read by pytest alone."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.contributions.models import State
from exchange.core import gates
from exchange.core.time import now
from exchange.library.bringing import actions
from exchange.library.models import ImportRun, Resource
from exchange.library.sheet import COLUMNS
from exchange.members.models import Member
from tests import cast
from tests.library.conftest import ROW, shelved

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/library/bring/"
RIS = """TY  - RPRT
TI  - Evenings under the mango tree
AU  - Wessells, Mike
PY  - 2019
KW  - Kenya
KW  - Community ownership and leadership
LA  - en
ER  -
TY  - BOOK
TI  - Says too little
ER  -
TY  - RPRT
TI  -
ER  -
"""


def table(*rows: dict[str, str]) -> SimpleUploadedFile:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("table.csv", out.getvalue().encode("utf-8-sig"))


def sent(desk: Client, **given: object) -> ImportRun:
    response = desk.post(ADDRESS, given)
    assert response.status_code == 302, response.content.decode()[:3000]
    run = ImportRun.objects.order_by("-pk").first()
    assert run is not None
    assert response["Location"] == f"{ADDRESS}{run.key}/"
    return run


def brought(desk: Client, run: ImportRun, **given: object) -> str:
    page = desk.post(f"{ADDRESS}{run.key}/", given, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def outcomes(run: ImportRun) -> list[str]:
    run.refresh_from_db()
    return [line["o"] for line in run.report]


def test_a_file_is_looked_at_first_and_then_brought_in(desk: Client) -> None:
    run = sent(desk, file=table(ROW, {**ROW, "title": "Another", "year": "20x8"}))
    page = desk.get(f"{ADDRESS}{run.key}/").content.decode()

    assert "Learning from villages" in page
    assert "“20x8” is not a year between 1800 and" in page
    assert not Resource.objects.exists()

    said = brought(desk, run, what="all")

    assert "1 record brought in." in said
    assert [made.title for made in Resource.objects.all()] == ["Learning from villages"]
    assert outcomes(run) == ["brought", "wrong"]
    assert run.state == "applied"


def test_words_may_be_pasted_and_rows_that_say_too_little_be_filled_in(desk: Client) -> None:
    run = sent(desk, text=RIS)

    assert outcomes(run) == ["new", "needs", "wrong"]
    assert run.report[1]["w"] == ["needs a type, a place, a topic, a language"]
    assert run.report[2]["w"] == ["the title is missing"]

    brought(desk, run, what="ticked", row=["1", "2"])
    assert outcomes(run) == ["brought", "needs", "wrong"]

    fill = {"language": "fr", "type": "report", "topic": "ethics", "place": "region:global"}
    brought(desk, run, what="all", **fill)

    made = Resource.objects.get(title="Says too little")
    assert (made.language, made.types, made.regions, made.topics) == (
        *("fr", "report", "global"),
        "ethics",
    )
    assert outcomes(run) == ["brought", "brought", "wrong"]


def test_the_language_said_with_a_file_holds_when_it_is_brought_in(desk: Client) -> None:
    run = sent(desk, text=RIS.replace("LA  - en\n", ""), language="sw")

    brought(desk, run, what="ticked", row=["1"])

    assert Resource.objects.get().language == "sw"


def test_a_row_that_may_be_here_already_comes_in_only_by_its_own_tick(desk: Client) -> None:
    shelved(doi="10.1000/abc")
    run = sent(desk, text=RIS.replace("LA  - en\n", "LA  - en\nDO  - 10.1000/abc\n"))
    assert outcomes(run) == ["twin", "needs", "wrong"]

    brought(desk, run, what="all")
    assert Resource.objects.count() == 1

    brought(desk, run, what="ticked", row=["1"])
    assert Resource.objects.count() == 2


def test_only_ticked_rows_come_in_and_the_others_stay_to_be_chosen(desk: Client) -> None:
    run = sent(desk, file=table(ROW, {**ROW, "title": "Another"}))

    brought(desk, run, what="ticked", row=["3"])
    assert [made.title for made in Resource.objects.all()] == ["Another"]

    brought(desk, run, what="all")
    assert Resource.objects.count() == 2
    assert "0 records brought in." in brought(desk, run, what="all")


def test_changed_rows_are_taken_over_only_when_asked(desk: Client) -> None:
    row = shelved()
    run = sent(desk, file=table({**ROW, "summary": "Better words."}))

    assert "summary: here “What people did before anybody came.”, there “Better words.”" in str(
        run.report
    )
    brought(desk, run, what="all")
    row.refresh_from_db()
    assert row.summary == "What people did before anybody came."

    brought(desk, run, what="all", update="on")
    row.refresh_from_db()
    assert row.summary == "Better words."
    assert outcomes(run) == ["updated"]


def test_what_was_changed_here_after_the_look_is_not_written_over(desk: Client) -> None:
    row = shelved()
    run = sent(desk, file=table({**ROW, "summary": "Better words."}))
    Resource.objects.filter(pk=row.pk).update(body="A host's words.", version=row.version + 1)

    brought(desk, run, what="all", update="on")

    row.refresh_from_db()
    assert row.body == "A host's words."
    assert outcomes(run) == ["changed"]
    assert "it was changed here after you looked" in str(run.report)


def test_two_hosts_at_once_bring_it_in_once(desk: Client) -> None:
    first, second = sent(desk, file=table(ROW)), sent(desk, file=table(ROW))

    brought(desk, first, what="all")
    brought(desk, second, what="all")

    assert Resource.objects.count() == 1
    assert outcomes(second) == ["same"]


def test_another_title_with_the_same_doi_waits_for_a_tick(desk: Client) -> None:
    shelved(doi="10.1000/abc")
    run = sent(desk, text="@techreport{a, title={Other}, doi={10.1000/ABC}, year={2018}}")

    assert outcomes(run) == ["needs"]
    assert "has the same DOI as “Learning from villages”" in str(run.report)


def test_what_a_host_withdrew_stays_withdrawn(desk: Client, beatriz: Member) -> None:
    row = shelved()
    withdraw(contribution=row, by=beatriz)
    run = sent(desk, file=table({**ROW, "summary": "Other words."}))

    brought(desk, run, what="all", update="on")

    row.refresh_from_db()
    assert (row.state, outcomes(run)) == (State.WITHDRAWN, ["kept-back"])


def test_the_words_of_a_sealed_record_are_not_shown_in_a_look(desk: Client) -> None:
    row = shelved(doi="10.1000/abc")
    sealing.seal(contribution=row)

    run = sent(desk, file=table({**ROW, "summary": "Other words."}))
    page = desk.get(f"{ADDRESS}{run.key}/").content.decode()

    assert outcomes(run) == ["kept-back"]
    assert "before anybody came" not in page


def test_a_held_record_says_so_in_the_report(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sent(desk, file=table(ROW))
    held = gates.Verdict(gates.Outcome.HOLD)
    monkeypatch.setattr(gates, "_gates", {"test": lambda _submission: held})

    said = brought(desk, run, what="all")

    assert "1 of them waits at the desk." in said
    assert "a host must read it before it is seen" in said


def test_a_held_change_leaves_the_record_and_the_other_rows_come_in(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = shelved()
    run = sent(desk, file=table({**ROW, "summary": "Other."}, {**ROW, "title": "Another"}))
    held = gates.Verdict(gates.Outcome.HOLD)
    monkeypatch.setattr(gates, "_gates", {"test": lambda _submission: held})

    brought(desk, run, what="all", update="on")

    row.refresh_from_db()
    assert row.summary == "What people did before anybody came."
    assert outcomes(run) == ["held", "brought"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose a file, or paste what is in it."),
        ({"text": "hello"}, "I found no “title”"),
        ({"text": "hello", "form": "ris"}, "I found no RIS in this file"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, "This is a spreadsheet, not CSV"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * 5_000_001)}, "larger than 5 MB"),
        ({"text": "TY  - RPRT\nER  -\n" * 1001}, "There are 1001 records in it"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(
    desk: Client, given: dict[str, object], words: str
) -> None:
    response = desk.post(ADDRESS, given)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert str(given.get("text", ""))[:20] in page
    assert not ImportRun.objects.exists()


def test_the_report_can_be_taken_along_without_formulas(desk: Client) -> None:
    run = sent(desk, file=table({**ROW, "title": "=1+1"}, {**ROW, "title": "@x", "year": "no"}))
    brought(desk, run, what="all")

    response = desk.get(f"{ADDRESS}{run.key}/report.csv")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Disposition"].startswith("attachment")
    assert lines[0] == ["row", "what became of it", "title", "address", "words"]
    assert lines[1][:3] == ["2", "brought in", "1+1"]
    assert lines[1][3].startswith("http://testserver/library/")
    assert lines[2][:3] == ["3", "wrong", "x"]


def test_a_long_report_is_paged_and_can_be_narrowed(desk: Client) -> None:
    rows = [{**ROW, "title": f"Record {n}"} for n in range(60)]
    run = sent(desk, file=table(*rows, {**ROW, "title": ""}))

    first = desk.get(f"{ADDRESS}{run.key}/").content.decode()
    second = desk.get(f"{ADDRESS}{run.key}/?page=2").content.decode()
    wrong = desk.get(f"{ADDRESS}{run.key}/?show=wrong&page=99").content.decode()

    assert ("Record 49" in first, "Record 50" in first) == (True, False)
    assert ("Record 49" in second, "Record 50" in second) == (False, True)
    assert (
        "Record" in wrong.split("<main")[1].split("</main")[0],
        "the title is missing" in wrong,
    ) == (False, True)


def test_a_look_is_forgotten_after_a_week_and_a_report_stays(desk: Client) -> None:
    looked, done = sent(desk, text=RIS), sent(desk, file=table(ROW))
    brought(desk, done, what="all")
    soon, later = now() + timedelta(days=6), now() + timedelta(days=8)

    assert actions.forget_old(moment=soon) == 0
    assert actions.forget_old(moment=later) == 2

    assert not ImportRun.objects.filter(pk=looked.pk).exists()
    done.refresh_from_db()
    assert (done.records, outcomes(done)) == ([], ["brought"])
    assert "not kept any more" in brought(desk, done, what="all")


def test_a_look_may_be_thrown_away_and_what_came_in_may_not(desk: Client) -> None:
    looked, done = sent(desk, text=RIS), sent(desk, file=table(ROW))
    brought(desk, done, what="all")

    desk.post(f"{ADDRESS}{looked.key}/removal/")
    refused = desk.post(f"{ADDRESS}{done.key}/removal/")

    assert refused.status_code == 404
    assert list(ImportRun.objects.all()) == [done]


def test_members_and_visitors_find_nothing_here(
    amina: Member, beatriz: Member, desk: Client
) -> None:
    run = sent(desk, text=RIS)
    paths = [ADDRESS, f"{ADDRESS}{run.key}/", f"{ADDRESS}{run.key}/report.csv"]
    member = cast.signed_in(Client(), amina)

    assert [desk.get(path).status_code for path in paths] == [200, 200, 200]
    assert [member.get(path).status_code for path in paths] == [404, 404, 404]
    assert [Client().get(path).status_code for path in paths] == [302, 302, 302]
    assert member.post(paths[1], {"what": "all"}).status_code == 404


def test_the_page_asks_as_little_for_many_rows_as_for_few(desk: Client) -> None:
    counted = []
    for many in (1, 60):
        rows = [{**ROW, "title": f"Record {n} of {many}"} for n in range(many)]
        run = sent(desk, file=table(*rows))
        brought(desk, run, what="all")
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"{ADDRESS}{run.key}/")
        counted.append(len(queries))

    assert counted[0] == counted[1]

"""Other libraries at the desk: looked at when a host asks, by the clock once switched on.
Read by pytest alone."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from exchange.core.time import now
from exchange.ledger import worker
from exchange.library.bringing import sources
from exchange.library.models import ForeignRecord, HarvestSource, ImportRun, Resource
from tests.library.bringing.little_library import item, library, listed, usual

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/library/bring/libraries/"
Committed = Any


def added(desk: Client, url: str) -> HarvestSource:
    assert desk.post(ADDRESS, {"url": url}).status_code == 302
    return HarvestSource.objects.get()


def looked(desk: Client, source: HarvestSource, what: str = "look") -> ImportRun | None:
    desk.post(f"{ADDRESS}{source.pk}/", {"what": what})
    worker.run_until_idle()
    source.refresh_from_db()
    return ImportRun.objects.order_by("-pk").first()


def titles() -> list[str]:
    return list(Resource.objects.order_by("title").values_list("title", flat=True))


def test_nothing_is_read_before_a_host_asks_and_nothing_comes_in_before_she_chooses(
    desk: Client,
) -> None:
    asked: list[dict[str, str]] = []

    def records(given: dict[str, str], _handler: Any) -> str:
        asked.append(given)
        return listed(item(1), item(2), item(3, deleted=True))

    with library(usual(records)) as url:
        source = added(desk, url)
        worker.run_until_idle()
        assert asked == []

        run = looked(desk, source)

    assert run is not None
    assert (source.name, source.formats) == ("Little Library", "oai_dc, mods")
    assert [line["o"] for line in run.report] == ["new", "new", "gone"]
    assert titles() == []

    desk.post(f"/desk/library/bring/{run.key}/", {"what": "ticked", "row": "2"})

    assert titles() == ["Record 2"]
    assert ForeignRecord.objects.get().identifier == "oai:little:2"
    assert "Record 2" in desk.get(f"/desk/library/bring/{run.key}/").content.decode()


def test_what_came_once_never_comes_twice_even_under_another_title(desk: Client) -> None:
    now_called = ["Record {n}"]

    def records(given: dict[str, str], _handler: Any) -> str:
        return listed(
            item(
                1,
                f"<dc:title>{now_called[0]}</dc:title><dc:language>en</dc:language>"
                "<dc:type>Report</dc:type><dc:subject>Kenya</dc:subject><dc:subject>Ethics</dc:subject>"
                "<dc:subject>ethics</dc:subject>",
            )
        )

    with library(usual(records)) as url:
        source = added(desk, url)
        run = looked(desk, source)
        assert run is not None
        fill = {"topic": "ethics"}
        desk.post(f"/desk/library/bring/{run.key}/", {"what": "all", **fill})
        assert titles() == ["Record 1"]

        now_called[0] = "Renamed {n}"
        run = looked(desk, source)

    assert run is not None
    assert [line["o"] for line in run.report] == ["changed"]
    desk.post(f"/desk/library/bring/{run.key}/", {"what": "ticked", "row": "1"})
    assert titles() == ["Renamed 1"]


def test_a_deletion_there_is_told_and_deletes_nothing_here(desk: Client) -> None:
    gone = [False]

    with library(usual(lambda given, _handler: listed(item(1, deleted=gone[0])))) as url:
        source = added(desk, url)
        run = looked(desk, source)
        assert run is not None
        desk.post(f"/desk/library/bring/{run.key}/", {"what": "all"})
        gone[0] = True
        run = looked(desk, source)

    assert run is not None
    assert "here it stays until a host withdraws it" in str(run.report)
    assert titles() == ["Record 1"]
    assert ForeignRecord.objects.get().is_deleted


def test_trouble_is_told_on_its_page_and_what_was_read_can_be_chosen(desk: Client) -> None:
    def records(given: dict[str, str], _handler: Any) -> Any:
        return (500, {}, "") if "resumptionToken" in given else listed(item(1), token="2")

    with library(usual(records)) as url:
        source = added(desk, url)
        run = looked(desk, source, "all")

    assert run is not None
    page = desk.get(f"{ADDRESS}{source.pk}/").content.decode()
    assert "It answers with the error 500." in page
    assert "It answers with the error 500." in run.words
    assert [line["o"] for line in run.report] == ["new"]
    assert source.harvested_until is None


def test_the_clock_looks_only_where_it_is_switched_on_and_brings_in_nothing(
    desk: Client, django_capture_on_commit_callbacks: Committed
) -> None:
    asked: list[str] = []

    def records(given: dict[str, str], _handler: Any) -> str:
        asked.append(given.get("from", ""))
        return listed(item(len(asked)))

    with library(usual(records)) as url:
        source = added(desk, url)
        later = now() + timedelta(days=8)
        assert sources.ask_by_clock(moment=later) == 0

        desk.post(f"{ADDRESS}{source.pk}/", {"what": "on"})
        assert sources.ask_by_clock(moment=now()) == 0
        assert sources.ask_by_clock(moment=later) == 1
        worker.run_until_idle()

        run = ImportRun.objects.get()
        assert (run.by, titles()) == (None, [])
        assert "<small>1</small>" in desk.get("/desk/").content.decode()

        # What waits is not asked for once more; when it was seen to, only what is new is.
        assert sources.ask_by_clock(moment=later + timedelta(days=8)) == 0
        desk.post(f"/desk/library/bring/{run.key}/", {"what": "all"})
        assert sources.ask_by_clock(moment=later + timedelta(days=16)) == 1
        worker.run_until_idle()

    assert titles() == ["Record 1"]
    assert [bool(since) for since in asked] == [False, True]


def test_an_address_that_is_none_is_refused_and_kept_in_the_form(desk: Client) -> None:
    for url in ("ftp://x.org", "x", "http://user:secret@x.org/oai"):
        response = desk.post(ADDRESS, {"url": url})

        assert response.status_code == 422
        assert "beginning with http:// or https://" in response.content.decode()


def test_the_same_library_is_named_once(desk: Client) -> None:
    added(desk, "http://x.example/oai")

    assert desk.post(ADDRESS, {"url": "http://x.example/oai"}).status_code == 422


def test_taken_off_the_list_what_came_from_it_stays(desk: Client) -> None:
    with library(usual(lambda given, _handler: listed(item(1)))) as url:
        source = added(desk, url)
        run = looked(desk, source)
        assert run is not None
        desk.post(f"/desk/library/bring/{run.key}/", {"what": "all"})

    desk.post(f"{ADDRESS}{source.pk}/", {"what": "remove"})

    assert not HarvestSource.objects.exists()
    assert titles() == ["Record 1"]


def command(*given: str) -> str:
    out = io.StringIO()
    call_command("library", *given, stdout=out)
    return out.getvalue()


def test_the_command_harvests_dry_first() -> None:
    with library(usual(lambda given, _handler: listed(item(1), item(2)))) as url:
        said = command("harvest", url)
        assert "2 rows: 2 new" in said
        assert titles() == []

        said = command("harvest", url, "--apply", "--from", "2020-01-01")
        assert "Brought in 2, updated 0." in said
        assert "Nothing had to change." in command("harvest", url, "--apply")

    assert titles() == ["Record 1", "Record 2"]


def test_the_command_says_what_went_wrong() -> None:
    with pytest.raises(CommandError, match="cannot be reached"):
        command("harvest", "http://127.0.0.1:9/oai")
    with pytest.raises(CommandError, match="is no day"):
        command("harvest", "http://127.0.0.1:9/oai", "--from", "yesterday")

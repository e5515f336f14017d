"""The library at the desk: its numbers, figures of use, and who sees them.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.library.health.overview import overview
from exchange.library.models import File, Resource, Rung, UsageDay
from exchange.library.shelving import actions
from tests.cast import signed_in
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db


def used(record, what="seen", times=3, days=0) -> None:
    day = now().date() - timedelta(days=days)
    UsageDay.objects.create(resource=record, day=day, what=what, times=times)


def numbers() -> dict[str, int]:
    made = overview()
    return {one.label: one.n for one in (*made.to_do, *made.broken, *made.missing)}


def page(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_overview_counts_what_waits_is_broken_and_missing(record, amina):
    research = shelved("Research")
    Resource.objects.filter(pk=research.pk).update(evidence="research", readable_size=900)
    Rung.objects.create(resource=record, length="sentence", text="Short.", standing="published")
    Rung.objects.create(resource=research, length="sentence", text="Waits.")
    actions.make_shelf(by=amina, title="Mine", words="", language="en")
    File.objects.create(
        resource=record, name="a.pdf", media_type="application/pdf", size=1, fixity="changed"
    )

    assert {label: n for label, n in numbers().items() if n} == {
        "Short versions and other words that wait": 1,
        "Collections that wait": 1,
        "Files to look at": 1,
        "Files that are not as they were kept": 1,
        "Records that can be read by everybody": 2,
        "without a light view": 1,
        "without one sentence": 1,
        "research that does not say what was given back": 1,
    }


def test_old_guidance_no_host_has_looked_at_is_counted(record):
    Resource.objects.update(evidence="guidance", year=2009)
    assert numbers()["old guidance no host has looked at lately"] == 1

    Resource.objects.update(evidence="", types="report guide")
    assert numbers()["old guidance no host has looked at lately"] == 1
    Resource.objects.update(types="guidebook")
    assert numbers()["old guidance no host has looked at lately"] == 0

    Resource.objects.update(types="guide", checked_at=now())

    assert numbers()["old guidance no host has looked at lately"] == 0


def test_each_number_leads_to_its_page_and_every_page_opens(record, beatriz):
    host = signed_in(Client(), beatriz)
    shown = page(host, "/desk/library/")

    made = overview()
    for one in (*made.to_do, *made.broken):
        assert one.url in shown
        assert host.get(one.url).status_code == 200
    assert 'href="/desk/library/"' in page(host, "/desk/")


def test_figures_by_month_record_and_country_of_the_record(record, beatriz):
    used(record, "seen", 41)
    used(record, "taken", 2)
    used(record, "seen", 7, days=1)

    shown = page(signed_in(Client(), beatriz), "/desk/library/figures/")

    assert "48" in shown or ("41" in shown and "7" in shown)
    assert record.title in shown
    assert "Kenya" in shown


def test_the_table_runs_in_no_spreadsheet(record, beatriz):
    Contribution.objects.filter(pk=record.pk).update(title="=cmd()|x")
    used(record)

    answer = signed_in(Client(), beatriz).get("/desk/library/figures/table.csv")

    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert table.splitlines()[0] == "month,record,title,what,times"
    assert f",{record.pk},cmd()|x,seen,3" in table


@pytest.mark.parametrize("where", ["", "links/", "figures/", "figures/table.csv", "collections/"])
def test_none_of_it_is_for_members(where, amina, visitor):
    assert signed_in(Client(), amina).get(f"/desk/library/{where}").status_code == 404
    assert visitor.get(f"/desk/library/{where}").status_code == 302


def test_how_often_a_record_was_used_is_for_its_depositor_and_hosts(
    record, amina, beatriz, chen, visitor
):
    Contribution.objects.filter(pk=record.pk).update(author=amina)
    used(record, "seen", 41)
    used(record, "seen", 1000, days=400)
    address = record.get_absolute_url()

    for member in (amina, beatriz):
        assert "page seen 41" in page(signed_in(Client(), member), address)
    for client in (visitor, signed_in(Client(), chen)):
        assert "page seen" not in page(client, address)


def test_the_figures_ask_few_questions(record, beatriz, django_assert_max_num_queries):
    for n in range(8):
        used(shelved(f"Record {n}"), times=n + 1)
    host = signed_in(Client(), beatriz)

    with django_assert_max_num_queries(18):
        page(host, "/desk/library/figures/")

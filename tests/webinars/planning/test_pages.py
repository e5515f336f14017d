"""The list of webinars, the page of each, series, and a presenter's own page. Run by pytest."""

import gzip
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.contributions.sealing import seal
from exchange.core.page_cache import shelf
from exchange.core.time import now
from exchange.webinars.models import Move, Phase, Presenter, Series
from exchange.webinars.planning import team
from exchange.webinars.planning.actions import move
from tests import cast
from tests.webinars.conftest import planned, seated


@pytest.fixture
def asked(webinar, beatriz, amina):
    """Amina is asked to speak."""
    return team.ask_presenter(
        webinar=webinar, name="Amina Wanjiru", role="Case worker", member=amina, by=beatriz
    )


def read(client, webinar):
    return client.get(webinar.get_absolute_url()).content.decode()


# --- the list ---


def test_a_visitor_finds_a_webinar_and_opens_its_page(visitor, webinar):
    assert webinar.title in visitor.get("/webinars/").content.decode()
    assert webinar.title in read(visitor, webinar)


def test_coming_stands_soonest_first_and_past_newest_first(visitor, beatriz):
    for title, days in (("Far", 9), ("Near", 2)):
        planned(beatriz, title=title, starts_at=now() + timedelta(days=days))
    for title, days in (("Long ago", 40), ("Just over", 4)):
        planned(beatriz, title=title, starts_at=now() - timedelta(days=days), phase=Phase.OVER)

    page = visitor.get("/webinars/").content.decode()

    order = [page.index(title) for title in ("Near", "Far", "Just over", "Long ago")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    "query", ["language=sw", "hub=west-africa", "topic=parenting", "series=monthly"]
)
def test_the_list_is_narrowed(visitor, beatriz, query):
    series = Series.objects.create(slug="monthly", title="Monthly")
    there = planned(beatriz, title="Here it is", spoken="fr sw", hub="west-africa", series=series)
    type(there).objects.filter(pk=there.pk).update(topics="parenting")
    planned(beatriz, title="Not this one", spoken="en", hub="east-africa")

    page = visitor.get(f"/webinars/?{query}").content.decode()

    assert "Here it is" in page
    assert "Not this one" not in page
    assert "noindex" in page


def test_words_nobody_knows_are_passed_over(visitor, webinar):
    answer = visitor.get("/webinars/?language=%00&hub=nowhere&topic=x&page=99999&series=<b>")

    assert webinar.title in answer.content.decode()


def test_past_ones_stand_on_numbered_pages(visitor, beatriz):
    for number in range(23):
        begun = now() - timedelta(days=number + 2)
        planned(beatriz, title=f"Hour <{number}>", starts_at=begun, phase=Phase.OVER)

    assert "Hour &lt;22&gt;" not in visitor.get("/webinars/").content.decode()
    assert "Hour &lt;22&gt;" in visitor.get("/webinars/?page=2").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(
    visitor, beatriz, count, django_assert_max_num_queries
):
    for number in range(count):
        planned(beatriz, title=f"Hour {number}")

    with django_assert_max_num_queries(4):
        page = visitor.get("/webinars/").content

    assert len(gzip.compress(page)) < 14_000


# --- the page ---


def test_the_hour_is_said_by_clocks_that_are_named(visitor, beatriz, amina):
    starts = datetime(2027, 3, 3, 12, tzinfo=UTC)
    webinar = planned(beatriz, starts_at=starts, minutes=90)

    page = read(visitor, webinar)
    own = read(cast.signed_in(Client(), cast.person("Ines", country="PK")), webinar)
    several = read(cast.signed_in(Client(), cast.person("Rui", country="PT")), webinar)

    assert "Nairobi (UTC+03:00)" in page
    assert "15:00–16:30" in page
    assert "UTC" in page
    assert "your time: Karachi (UTC+05:00)" in own
    assert "17:00–18:30" in own
    # Portugal has two clocks; nobody is told that one of them is theirs.
    assert "your time" not in several
    assert "Lisbon (UTC+00:00)" in several


def test_every_way_says_what_it_uses(visitor, beatriz):
    webinar = planned(beatriz, has_sound=True, engine="jitsi")

    page = read(visitor, webinar)

    # The ways of the house are still above and below.
    assert page.count('href="/questions/"') >= 2

    assert "about 40 kB" in page
    assert "300 kB to 360 kB" in page
    assert "5.2 MB to 11 MB" in page
    assert "30 MB to 720 MB" in page


def test_machines_are_told_of_an_event(visitor, webinar):
    page = read(visitor, webinar)

    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert told["@type"] == "Event"
    assert told["startDate"] == f"{webinar.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    assert 'property="og:title"' in page


def test_a_title_cannot_end_the_script(visitor, beatriz):
    webinar = planned(beatriz, title="</script><script>alert(1)</script>")

    assert "<script>alert" not in read(visitor, webinar)


def test_old_and_new_are_told_and_withdrawn_again_when_moved_back(visitor, webinar, beatriz):
    former = webinar.starts_at
    later = former + timedelta(days=1)
    given = {"minutes": 60, "zone": webinar.zone, "by": beatriz}

    moved = move(webinar=webinar, starts_at=later, **given)
    assert "<s>" in read(visitor, webinar)
    move(webinar=moved, starts_at=former, **given)

    assert Move.objects.count() == 2


def test_recording_is_announced(visitor, beatriz):
    assert "This hour is recorded" in read(visitor, planned(beatriz, is_recorded=True))
    assert "This hour is recorded" not in read(visitor, planned(beatriz, title="Other"))


@pytest.mark.parametrize("doors", ["withdrawn", "sealed"])
def test_what_is_taken_away_leaves_every_page(
    visitor, webinar, beatriz, doors, django_capture_on_commit_callbacks
):
    assert webinar.title in visitor.get("/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        if doors == "sealed":
            seal(contribution=webinar)
        else:
            withdraw(contribution=webinar, by=beatriz)

    assert visitor.get(webinar.get_absolute_url()).status_code == 404
    for address in ("/", "/webinars/", "/countries/ke/"):
        assert webinar.title not in visitor.get(address).content.decode()


@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_page_is_light_and_asks_little(
    visitor, webinar, asked, beatriz, language, django_assert_max_num_queries
):
    team.answer_presenter(presenter=asked, agrees=True)
    move(
        webinar=webinar,
        starts_at=webinar.starts_at + timedelta(hours=2),
        minutes=60,
        zone=webinar.zone,
        by=beatriz,
    )

    with django_assert_max_num_queries(8):
        page = visitor.get(language + webinar.get_absolute_url()).content

    assert len(gzip.compress(page)) < 14_000


def test_a_member_asks_little_too(webinar, asked, amina, django_assert_max_num_queries):
    team.answer_presenter(presenter=asked, agrees=True)
    at_home = cast.signed_in(Client(), amina)

    with django_assert_max_num_queries(8):
        at_home.get(webinar.get_absolute_url())


@pytest.mark.parametrize("phase", [Phase.LIVE, Phase.OVER, Phase.SUMMED, Phase.CANCELLED])
def test_every_phase_asks_little(visitor, beatriz, amina, phase, django_assert_max_num_queries):
    webinar = planned(
        beatriz, phase=phase, has_sound=True, engine="bbb", capacity=20, is_recorded=True
    )
    seated(webinar, amina)
    row = team.ask_presenter(webinar=webinar, name="Amina", member=amina, by=beatriz)
    Presenter.objects.filter(pk=row.pk).update(answer=Presenter.Answer.AGREED)

    with django_assert_max_num_queries(8):
        assert visitor.get(webinar.get_absolute_url()).status_code == 200
    at_home = cast.signed_in(Client(), amina)
    with django_assert_max_num_queries(8):
        at_home.get(webinar.get_absolute_url())


# --- presenters ---


def test_a_name_is_shown_only_after_a_yes_and_linked_to_its_member(visitor, webinar, asked, amina):
    assert "Amina Wanjiru" not in read(visitor, webinar)

    visitor.post(f"/webinars/presenters/{asked.key}/", {"answer": "yes", "may_be_named": "on"})

    page = read(visitor, webinar)
    assert "Amina Wanjiru" in page
    assert f"/people/{amina.pk}/" in page
    assert webinar.title in visitor.get(f"/people/{amina.pk}/").content.decode()


def test_who_does_not_wish_to_be_named_speaks_unnamed(visitor, webinar, asked, amina):
    visitor.post(f"/webinars/presenters/{asked.key}/", {"answer": "yes"})

    row = Presenter.objects.get()
    assert (row.answer, row.may_be_named, row.may_be_recorded) == ("agreed", False, False)
    assert "Amina Wanjiru" not in read(visitor, webinar)
    assert webinar.title not in visitor.get(f"/people/{amina.pk}/").content.decode()


def test_who_presents_finds_their_yes_on_the_page(visitor, webinar, asked, amina):
    team.answer_presenter(presenter=asked, agrees=True)

    assert asked.key in read(cast.signed_in(Client(), amina), webinar)
    assert asked.key not in read(visitor, webinar)


def test_being_recorded_is_asked_apart(visitor, asked):
    yes = {"answer": "yes", "may_be_named": "on", "may_be_recorded": "on"}

    visitor.post(f"/webinars/presenters/{asked.key}/", yes)

    assert Presenter.objects.get().may_be_recorded


def test_who_leaves_while_it_is_live_is_gone_at_once(visitor, live, beatriz):
    row = team.ask_presenter(webinar=live, name="Okello", email="o@example.org", by=beatriz)
    team.answer_presenter(presenter=row, agrees=True)
    assert "Okello" in read(visitor, live)

    visitor.post(f"/webinars/presenters/{row.key}/", {"answer": "no"})

    left = Presenter.objects.get()
    assert (left.answer, left.email) == ("left", "")
    assert "Okello" not in read(visitor, live)


def test_the_page_of_a_presenter_opens_by_its_key_alone(visitor, asked, beatriz):
    address = f"/webinars/presenters/{asked.key}/"

    answer = visitor.get(address)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert visitor.get("/webinars/presenters/none/").status_code == 404
    withdraw(contribution=asked.webinar, by=beatriz)
    assert visitor.get(address).status_code == 404


def test_nobody_agrees_after_the_hour(visitor, webinar, asked):
    type(webinar).objects.filter(pk=webinar.pk).update(phase=Phase.OVER)

    visitor.post(f"/webinars/presenters/{asked.key}/", {"answer": "yes", "may_be_named": "on"})

    assert Presenter.objects.get().answer == "asked"


def test_the_home_page_names_the_next(visitor, webinar):
    assert webinar.title in visitor.get("/").content.decode()
    shelf.clear()
    with time_machine.travel(webinar.starts_at + timedelta(days=2)):
        assert webinar.title not in visitor.get("/").content.decode()

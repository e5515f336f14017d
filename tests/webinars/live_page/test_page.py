"""The live page and what is new: who sees what, how heavy it is, in how many questions."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.webinars.models import Asked, Lane, Line, Phase, Poll, Said, Seat, Slide, Webinar
from tests import cast
from tests.webinars.conftest import planned

pytestmark = pytest.mark.django_db

WORDS = (
    "How do you bring fathers to the meetings when they work far from the village?",
    "What did you do when the chief did not agree with the committee's decision?",
    "Is there a way to keep the minutes short, and still useful for the next person?",
)


@pytest.fixture
def inside(seat, amina) -> Client:
    return cast.signed_in(Client(), amina)


def full(live: Webinar) -> None:
    lane = Lane.objects.create(webinar=live, language="en")
    for number in range(1, 31):
        Line.objects.create(lane=lane, number=number, text=f"{number}. {WORDS[number % 3]}")
        words = f"{WORDS[number % 3]} {WORDS[(7 * number) % 3]} ({number})"
        Asked.objects.create(
            webinar=live, text=words, state="shown", votes=number, shown_as="Case worker"
        )
        Said.objects.create(webinar=live, text=WORDS[number % 3], state="shown", shown_as="F.")
    Poll.objects.create(webinar=live, text="Which?", choices=["Yes", "No"], state="open")
    Slide.objects.create(
        webinar=live, number=1, title="Three steps", text="A\nB", seen_at=now(), shown_at=now()
    )


def address(live: Webinar) -> str:
    return f"/webinars/{live.pk}/live/"


def test_a_visitor_reads_and_is_told_how_to_get_a_place(live, visitor):
    full(live)

    page = visitor.get(address(live))

    body = page.content.decode()
    assert page.status_code == 200
    assert WORDS[0] in body
    assert f"/webinars/{live.pk}/register/" in body
    assert "private" in page["Cache-Control"]
    assert not visitor.cookies


def test_a_member_who_enters_gets_a_place_and_was_there(live, amina):
    client = cast.signed_in(Client(), amina)

    assert client.get(address(live)).status_code == 200

    seat = Seat.objects.get(webinar=live, member=amina)
    assert seat.state == Seat.State.TAKEN
    assert seat.came_at is not None


def test_before_the_hour_it_says_when_it_begins_and_gives_no_place_by_itself(webinar, amina):
    page = cast.signed_in(Client(), amina).get(address(webinar))

    assert "Begins on" in page.content.decode()
    assert not Seat.objects.exists()


def test_after_the_hour_it_leads_to_what_stays(beatriz, visitor):
    over = planned(beatriz, phase=Phase.OVER, starts_at=now() - timedelta(hours=2))

    answer = visitor.get(address(over))

    assert (answer.status_code, answer["Location"]) == (302, over.get_absolute_url())


def test_withdrawn_it_is_gone_with_everything_that_is_new(live, visitor, beatriz):
    assert visitor.get(address(live)).status_code == 200

    withdraw(contribution=live, by=beatriz, note="Sorry.")

    assert visitor.get(address(live)).status_code == 404
    assert visitor.get(f"{address(live)}state/?since=0").status_code == 404
    assert visitor.get(f"{address(live)}state/?as=page").status_code == 404


def test_nothing_happened_costs_nothing(live, inside, visitor):
    full(live)
    for client in (inside, visitor):
        for path in (address(live), f"{address(live)}state/?as=page"):
            client.get(path)
            first = client.get(path)

            again = client.get(path, headers={"if-none-match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b"")

            question = Asked.objects.order_by("pk").first()
            Asked.objects.filter(pk=question.pk).update(votes=question.votes + 40)
            changed = client.get(path, headers={"if-none-match": first["ETag"]})
            assert changed.status_code == 200


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_page_with_thirty_questions_fits_one_round_trip(live, inside, visitor, prefix):
    full(live)

    for client in (inside, visitor):
        page = client.get(prefix + address(live), headers={"accept-encoding": "gzip"})
        light = client.get(
            f"{prefix}{address(live)}state/?as=page", headers={"accept-encoding": "gzip"}
        )

        assert len(page.content) <= 14_000
        assert len(light.content) <= 3_500
    script = Path(str(finders.find("webinars/live.js"))).read_bytes()
    assert len(gzip.compress(script, 6)) <= 3_000


def test_it_asks_as_few_questions_full_as_empty(live, inside, django_assert_max_num_queries):
    inside.get(address(live))
    with django_assert_max_num_queries(8) as empty:
        inside.get(address(live))
    full(live)
    with django_assert_max_num_queries(8) as crowded:
        inside.get(address(live))
    with django_assert_max_num_queries(8):
        inside.get(f"{address(live)}state/?since=0&lane=en")

    assert len(crowded) == len(empty)


def test_one_says_by_which_way_and_how_many_they_are(live, seat, inside):
    part = f"{address(live)}part/"

    assert inside.post(part, {"way": "mail"})["Location"] == address(live)
    assert inside.post(part, {"people": "12"})["Location"] == address(live)
    assert inside.post(part, {"people": "many"})["Location"] == address(live)

    seat.refresh_from_db()
    assert (seat.way, seat.people_came) == ("mail", 12)
    assert "12" in inside.get(address(live)).content.decode()


def test_who_has_no_place_says_nothing_of_the_kind(live, visitor):
    assert visitor.post(f"{address(live)}part/", {"people": "12"}).status_code == 404


@pytest.mark.parametrize("doing", ["say", "together"])
def test_each_deed_has_a_page_of_its_own_where_nothing_moves(live, inside, visitor, doing):
    mine = inside.get(f"{address(live)}?do={doing}").content.decode()

    assert "<form" in mine
    assert 'http-equiv="refresh"' not in mine
    assert 'name="once_key"' in mine or doing == "together"
    assert 'id="live"' in visitor.get(f"{address(live)}?do={doing}").content.decode()

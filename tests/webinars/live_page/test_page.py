"""The live page and what is new: who sees what, how heavy it is, in how many questions."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.webinars import queries as room
from exchange.webinars.dialogue import actions as dialogue
from exchange.webinars.live.actions import empty, tell
from exchange.webinars.models import (
    Asked,
    Lane,
    Line,
    LiveCount,
    Phase,
    Poll,
    Said,
    Seat,
    Slide,
    Webinar,
)
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
            tell(webinar_id=live.pk, kind="tally", payload={})
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


def test_the_light_page_can_be_held_still(live, visitor):
    path = f"{address(live)}state/?as=page"

    assert 'http-equiv="refresh"' in visitor.get(path).content.decode()
    assert 'http-equiv="refresh"' not in visitor.get(f"{path}&still=1").content.decode()


def test_visitors_share_one_answer_until_something_happens(
    live, visitor, django_assert_max_num_queries
):
    full(live)
    path = f"{address(live)}state/?as=page"
    first = visitor.get(path)
    with django_assert_max_num_queries(2):
        assert Client().get(path).content == first.content
        again = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304

    tell(webinar_id=live.pk, kind="word", payload={"text": "Soon.", "lang": "en"})

    assert "Soon." in Client().get(path).content.decode()


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


def test_a_word_of_the_team_stands_on_every_page_until_it_is_taken_away(live, beatriz, visitor):
    host = room.roles_of(live, beatriz)
    for text, stands in (("We begin in five minutes.", True), ("", False)):
        dialogue.say_to_all(webinar=live, text=text, language="en", by=beatriz, roles=host)
        for path in (address(live), f"{address(live)}state/?as=page"):
            page = visitor.get(path).content.decode()
            assert ("We begin in five minutes." in page) is stands


def test_news_since_a_number_is_bounded_for_this_reader_and_without_what_was_emptied(
    live, seat, inside, visitor
):
    def told(kind, audience="all", **payload):
        return tell(webinar_id=live.pk, kind=kind, payload=payload, audience=audience, item=kind)

    first = told("chat", text="Seen before.")
    told("chat", text="All.")
    told("line", "lane:en", text="English.")
    told("line", "lane:ar", text="Arabic.")
    told("fate", f"seat:{seat.pk}", state="shown")
    told("waiting", "helpers", text="For helpers.")
    told("slip", text="A slip.")
    empty(webinar_id=live.pk, item="slip")
    state = f"{address(live)}state/?since={first}&lane=en"

    mine, theirs = inside.get(state).json(), visitor.get(state).json()

    assert mine == {
        "seq": 7,
        "more": False,
        "events": [
            {"k": "chat", "text": "All."},
            {"k": "line", "text": "English."},
            {"k": "fate", "state": "shown"},
        ],
    }
    assert [event["k"] for event in theirs["events"]] == ["chat", "line"]
    answer = visitor.get(state)
    assert visitor.get(state, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert visitor.get(f"{address(live)}state/?since=nonsense").json()["events"] == []


def test_who_was_away_long_reads_on_in_pieces_and_who_was_away_longer_opens_the_page(live, visitor):
    for number in range(250):
        tell(webinar_id=live.pk, kind="chat", payload={"n": number})
    seen, since = [], 0
    while True:
        news = visitor.get(f"{address(live)}state/?since={since}").json()
        seen += [event["n"] for event in news["events"]]
        since = news["seq"]
        if not news["more"]:
            break

    assert seen == list(range(250))
    LiveCount.objects.update(seq=2000)
    assert visitor.get(f"{address(live)}state/?since=1").json() == {"seq": 2000, "again": True}
    assert visitor.get(f"{address(live)}state/?since=9999").json()["again"]


def test_the_language_one_chose_is_remembered(live, seat, inside):
    for code in ("en", "ar"):
        lane = Lane.objects.create(webinar=live, language=code)
        Line.objects.create(lane=lane, number=1, text=f"In {code}.")

    assert "In en." in inside.get(address(live)).content.decode()
    inside.get(f"{address(live)}?lane=ar")

    page = inside.get(address(live)).content.decode()
    assert "In ar." in page
    assert 'data-lane="ar"' in page
    lighter = Client().get(f"{address(live)}?lane=ar").content.decode()
    assert f"{address(live)}state/?as=page&amp;lane=ar" in lighter

"""Absurd words at every address of the room: an answer each time, and never a broken page.
Run by pytest alone."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver

from exchange.webinars.dialogue import actions
from exchange.webinars.models import Asked, Lane, Poll, Presenter, Recording, Said, Slide
from tests.house.test_addresses import owner, routes
from tests.webinars.conftest import seated

pytestmark = pytest.mark.django_db
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
# What `isdigit` takes for a number and `int` does not; what no column holds; what no database keeps.
STRANGE = (
    "²",
    "٣",
    "-1",
    "9" * 17,
    "9" * 30,
    "9" * 5000,
    "x" * 20_000,
    "\u202e\ufffe",
    "%s{0}'\"<b>",
)
# Every name that a form of this room reads.
NAMES = (
    *(
        "act",
        "do",
        "deed",
        "what",
        "way",
        "people",
        "group",
        "name",
        "email",
        "country",
        "language",
    ),
    *(
        "zone",
        "number",
        "unit",
        "when",
        "away",
        "seat",
        "line",
        "slide",
        "choice",
        "on",
        "up",
        "to",
    ),
    *("text", "once_key", "back", "insist", "version", "out", "takeaways", "useful", "line_was"),
    *("words", "was_there", "answer", "may_be_named", "may_be_recorded", "presenter", "due_on"),
    *("says", "note", "title", "body", "starts_at", "day", "hour", "minutes", "capacity", "engine"),
    *(
        "engine_link",
        "spoken",
        "task",
        "role",
        "member",
        "is_interpreted",
        "glossary",
        "end",
        "from",
    ),
    *("word", "question", "choice_1", "choice_2", "why", "agrees", "agreed", "signed_parameters"),
)
ASKED = (
    "page",
    "lane",
    "since",
    "wall",
    "as",
    "do",
    "still",
    "for",
    "code",
    "hub",
    "series",
    "topic",
)
DEEDS = ("show", "decline", "now", "open-poll", "call", "quiet", "door", "poll", "word", "start")


def _addresses(numbers: str, words: str) -> Iterator[str]:
    """Every address of the room with the same in all its gaps."""
    for path, _name, pattern in routes(get_resolver()):
        if owner(pattern) == "webinars":
            yield "/" + _PART.sub(words, re.sub("<int:\\w+>", numbers, path))


@pytest.fixture
def room(live, seat, amina, beatriz):
    """One of each thing that addresses name, so that they lead somewhere."""
    Lane.objects.create(webinar=live, language="en")
    Slide.objects.create(webinar=live, number=1, title="One", by=beatriz)
    Poll.objects.create(webinar=live, text="Where?", choices=["Home", "Field"], state="open")
    Asked.objects.create(webinar=live, seat=seat, text="How?", state="shown")
    Said.objects.create(webinar=live, seat=seat, text="Good day", state="shown")
    return live


def _filled(one: str) -> dict[str, str]:
    return dict.fromkeys(NAMES, one)


def test_no_address_breaks_at_strange_words_in_it(room, beatriz, signed_in):
    host = signed_in(Client(), beatriz)
    found = set()
    for words in (
        "²",
        "x" * 300,
        "..%2f..%2fetc%2fpasswd",
        "%0d%0aX-Bad: 1",
        "-->",
        "%F0%9F%98%80",
    ):
        for numbers in ("0", "9" * 17, "9" * 40):
            for address in _addresses(numbers, words):
                answer = host.get(address)
                found.add(answer.status_code)
                assert "X-Bad" not in answer.headers, address
    assert max(found) < 500


@pytest.mark.parametrize("one", STRANGE, ids=range(len(STRANGE)))
def test_no_page_breaks_at_strange_questions(room, beatriz, one, signed_in):
    host = signed_in(Client(), beatriz)
    for address in set(_addresses(str(room.pk), "en")):
        assert host.get(address, dict.fromkeys(ASKED, one[:3000])).status_code < 500, address


@pytest.mark.parametrize("one", STRANGE, ids=range(len(STRANGE)))
def test_no_form_breaks_at_strange_words(room, beatriz, one, signed_in):
    host = signed_in(Client(), beatriz)
    for address in set(_addresses(str(room.pk), "en")):
        answer = host.post(address, _filled(one))
        assert answer.status_code < 500, address


@pytest.mark.parametrize("one", ["²", "9" * 17, "9" * 30, "9" * 5000, ":::", "7:7:7:7"])
def test_no_deed_of_the_team_breaks_at_a_strange_number(room, beatriz, one, signed_in):
    host = signed_in(Client(), beatriz)
    for deed in DEEDS:
        for page in ("helper", "presenter", "lead"):
            answer = host.post(f"/webinars/{room.pk}/live/{page}/", {"deed": f"{deed}:{one}"})
            assert answer.status_code < 500, (deed, page)
    poll = Poll.objects.get()
    seated(room, beatriz)
    for choice in (one, "²", "٣", "-1", ""):
        address = f"/webinars/{room.pk}/live/polls/{poll.pk}/"
        assert host.post(address, {"choice": choice}).status_code in (302, 404)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", ""])
def test_nothing_breaks_at_another_sort_of_body(room, beatriz, kind, signed_in):
    host = signed_in(Client(), beatriz)
    for address in set(_addresses(str(room.pk), "en")):
        for body in (b"", b"{", b"\xff\xfe\x00\x01" * 50, b"[" * 3000):
            assert host.post(address, body, content_type=kind).status_code < 500, address


def test_a_microphone_that_lies_about_its_length_is_told_so(room):
    for length in ("²", "-1", "9" * 400, "", "0", "1e3"):
        answer = Client().post(
            f"/webinars/{room.pk}/live/sending/1/",
            b"x",
            content_type="application/octet-stream",
            CONTENT_LENGTH=length,
        )
        assert answer.status_code in (400, 403, 413)


def test_the_key_of_anothers_form_loses_no_question_and_breaks_nothing(live, seat, guest):
    given = {"webinar": live, "language": "en", "once_key": "the-same"}
    first = actions.ask(seat=seat, text="How do fathers begin?", **given)
    other = actions.ask(seat=guest, text="And how do elders begin?", **given)
    actions.say(seat=seat, text="Good day to all", **given)
    line = actions.say(seat=guest, text="Good day from here", **given)

    assert other.pk != first.pk
    assert (other.seat_id, line.seat_id) == (guest.pk, guest.pk)
    assert actions.ask(seat=seat, text="How do fathers begin?", **given).pk == first.pk


def test_captions_say_nothing_that_stood_in_their_address(room, beatriz):
    """Their language is written into the file."""
    evil = "False%20words%20--%3E%20of%20anybody"
    row = Recording.objects.create(webinar=room, state="released", language="en")

    assert Client().get(f"/webinars/recordings/{row.key}/{evil}.vtt").status_code == 404


def test_a_zone_whose_name_is_gone_breaks_no_page(room, seat, guest, amina, signed_in):
    type(room).objects.filter(pk=room.pk).update(zone="Mars/Olympus", wall="2026-11-20T15:00")
    phone = signed_in(Client(), amina)
    row = Presenter.objects.create(webinar=room, name="Neema", answer="agreed")
    pages = [
        type(room).objects.get(pk=room.pk).get_absolute_url(),
        f"/webinars/{room.pk}/live/",
        f"/webinars/{room.pk}/live/state/?as=page",
        f"/webinars/{room.pk}/live/lanes/en/",
        f"/webinars/{room.pk}/live/presenter/",
        f"/webinars/{room.pk}/register/",
        f"/webinars/{room.pk}/join/",
        f"/webinars/{room.pk}.ics",
        f"/webinars/seats/{seat.key}/",
        f"/webinars/seats/{guest.key}/",
        f"/webinars/presenters/{row.key}/",
        "/webinars/",
        "/",
    ]

    for page in pages:
        for client in (phone, Client()):
            assert client.get(page).status_code in (200, 302, 404), page
    host = signed_in(Client(), room.author)
    for tail in ("", "words/", "time/", "team/", "seats/", "reminders/", "room/", "figures/"):
        assert host.get(f"/desk/webinars/{room.pk}/{tail}").status_code == 200, tail

"""Tickets: for one webinar and one person, for ten minutes; and who is given which."""

import time

import pytest
from django.http import HttpResponse
from django.urls import reverse

from exchange.contributions.actions import withdraw
from exchange.webinars.live import tickets
from exchange.webinars.models import Broadcast, Seat
from exchange.webinars.views.live import with_live_line
from exchange.webinars.wire import ticket
from tests.webinars.live.process import a_ticket, told

KEY = ticket.key_from("a secret")
CLAIM = ticket.Claim(
    webinar=12,
    seat=7,
    roles=frozenset({"helpers"}),
    kind="events",
    broadcast="",
    expires=2000,
    nonce="once",
)


def test_a_ticket_says_what_was_put_in_and_needs_no_quoting():
    paper = ticket.make(CLAIM, KEY)

    assert ticket.read(paper, KEY, now=1999) == CLAIM
    assert set(paper) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert len(paper) < 70


def test_a_ticket_is_good_for_ten_minutes_and_no_longer():
    with pytest.raises(ticket.Expired):
        ticket.read(ticket.make(CLAIM, KEY), KEY, now=2000)


@pytest.mark.parametrize("place", range(0, 40, 3))
def test_one_letter_changed_and_it_is_no_ticket(place):
    paper = ticket.make(CLAIM, KEY)
    place %= len(paper)
    other = "B" if paper[place] == "A" else "A"

    with pytest.raises(ticket.Refused):
        ticket.read(paper[:place] + other + paper[place + 1 :], KEY, now=1)


@pytest.mark.parametrize("nonsense", ["", ".", "a.b", "é" * 20, "." * 9, "x" * 5000])
def test_nonsense_is_no_ticket(nonsense):
    with pytest.raises(ticket.Refused):
        ticket.read(nonsense, KEY, now=1)


def test_a_ticket_of_another_key_or_another_version_is_refused():
    with pytest.raises(ticket.Refused):
        ticket.read(ticket.make(CLAIM, ticket.key_from("another")), KEY, now=1)
    older = f"12.7.h.{ticket._signature('12.7.h', KEY)}"
    with pytest.raises(ticket.Refused):
        ticket.read(older, KEY, now=1)


def _claim(answer, settings):
    return ticket.read(
        answer.json()["ticket"], ticket.key_from(settings.SECRET_KEY), now=time.time()
    )


def _asked(client, webinar, **asked):
    return client.get(reverse("webinars:ticket", args=[webinar.pk]), asked)


@pytest.mark.django_db
def test_anybody_who_may_see_it_may_read_along(visitor, live, settings):
    told(live.pk)
    answer = _asked(visitor, live)

    claim = _claim(answer, settings)
    assert (claim.webinar, claim.seat, claim.roles, claim.kind) == (
        live.pk,
        0,
        frozenset(),
        "events",
    )
    assert answer.json()["after"] == 1
    assert answer.json()["url"] == f"http://testserver:81/live/{live.pk}/events"
    assert "no-store" in answer["Cache-Control"]
    assert "session" not in answer.cookies


@pytest.mark.django_db
def test_a_seat_is_on_the_ticket_once_it_is_taken(client, signed_in, live, seat, settings):
    signed_in(client, seat.member)
    assert _claim(_asked(client, live), settings).seat == seat.pk

    Seat.objects.filter(pk=seat.pk).update(state=Seat.State.GIVEN_UP)
    assert _claim(_asked(client, live), settings).seat == 0


@pytest.mark.django_db
def test_a_task_is_on_the_ticket_in_that_webinar_alone(
    client, signed_in, live, webinar, helper, settings
):
    signed_in(client, helper)

    assert _claim(_asked(client, live), settings).roles == {"helpers"}
    assert _claim(_asked(client, webinar), settings).roles == frozenset()


@pytest.mark.django_db
def test_who_has_a_seat_may_listen_and_a_visitor_may_not(
    client, visitor, signed_in, live, seat, settings
):
    signed_in(client, seat.member)
    assert _asked(client, live, **{"for": "sound"}).status_code == 404, "nothing is sent yet"
    broadcast = Broadcast.objects.create(webinar=live)

    answer = _asked(client, live, **{"for": "sound"})
    claim = _claim(answer, settings)
    assert (claim.kind, claim.broadcast, claim.seat) == ("sound", broadcast.key, seat.pk)
    assert answer.json()["url"].endswith(f"/live/{live.pk}/sound")
    assert _asked(visitor, live, **{"for": "sound"}).status_code == 404


@pytest.mark.django_db
def test_nothing_is_given_for_what_was_withdrawn_not_even_to_a_host(
    client, visitor, signed_in, live, beatriz
):
    withdraw(contribution=live, by=beatriz)
    signed_in(client, beatriz)

    assert _asked(visitor, live).status_code == 404
    assert _asked(client, live).status_code == 404


@pytest.mark.django_db
def test_where_it_is_reached_is_set_or_is_the_site_itself(settings):
    assert tickets.origin("http://10.0.0.7:8000/") == "http://10.0.0.7:8001"
    settings.LIVE_PORT = 9000
    assert tickets.origin("http://[::1]:8000/") == "http://[::1]:9000"
    settings.PRODUCTION, settings.BASE_URL = True, "https://exchange.example"
    assert tickets.origin("https://elsewhere.example/") == "https://exchange.example"
    settings.LIVE_URL = "https://live.exchange.example"
    assert tickets.origin("https://elsewhere.example/") == "https://live.exchange.example"


WITH_THE_PROCESS = pytest.mark.django_db(transaction=True)


@WITH_THE_PROCESS
def test_the_ticket_of_a_page_opens_the_stream(client, signed_in, wire, live, seat):
    signed_in(client, seat.member)
    given = _asked(client, live).json()
    told(live.pk, "called", audience=f"seat:{seat.pk}")

    reader = wire.read(live.pk, given["ticket"], after=given["after"])
    assert [event["k"] for event in reader.has(1)] == ["called"]


@WITH_THE_PROCESS
def test_no_stream_without_a_good_ticket(wire, live, webinar):
    bad = {
        "forged": a_ticket(live.pk, secret="a guess"),
        "expired": a_ticket(live.pk, expires=int(time.time()) - 1),
        "of another webinar": a_ticket(webinar.pk),
        "to listen": a_ticket(live.pk, kind="sound", broadcast="x"),
        "none": "",
        "another role": a_ticket(live.pk).replace("..e.", ".h.e."),
    }
    told(live.pk, text="zebrafinch")

    for why, paper in bad.items():
        reader = wire.ask(f"/live/{live.pk}/events?t={paper}&after=0").answered()
        assert reader.status == 403, why
        assert reader.headers["access-control-allow-origin"] == "*", why
        assert "zebrafinch" not in reader.read().text, why


@WITH_THE_PROCESS
def test_a_ticket_used_again_closes_the_older_line(wire, live):
    """A phone that lost its line comes back before anybody notices that the old one is dead."""
    paper = a_ticket(live.pk)
    first = wire.read(live.pk, paper)
    second = wire.read(live.pk, paper)

    first.closed()
    assert first.text.endswith("retry: 60000\n\n"), "and the first does not push back at once"
    told(live.pk)
    assert second.has(1)
    assert not first.events


@WITH_THE_PROCESS
def test_only_what_there_is_is_answered(wire, live):
    asked = {
        ("GET", "/"): 404,
        ("GET", f"/live/{live.pk}/"): 404,
        ("GET", f"/live/{live.pk}/events/../events"): 404,
        ("POST", f"/live/{live.pk}/events"): 405,
        ("OPTIONS", f"/live/{live.pk}/events"): 204,
        ("GET", "/live/healthz"): 200,
    }

    for (method, path), status in asked.items():
        assert wire.ask(path, method=method).answered().status == status, (method, path)


def test_a_page_that_reads_along_may_connect_there(rf):
    response = with_live_line(rf.get("/"), HttpResponse())

    update = response._csp_update
    assert update["connect-src"] == ["http://testserver:81"]
    assert "http://testserver:81" in update["media-src"]


@WITH_THE_PROCESS
def test_a_role_ends_with_its_ticket(wire, live):
    """A task can be taken away: within ten minutes its holder shows a new ticket."""
    soon = int(time.time()) + 2
    reader = wire.read(live.pk, a_ticket(live.pk, roles=frozenset({"helpers"}), expires=soon))

    reader.closed(6)
    assert reader.text.endswith("retry: 1000\n\n")

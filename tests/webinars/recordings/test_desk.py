"""Recordings and figures at the desk, and recordings the engine keeps.
Run by pytest alone."""

import pytest
from django.test import Client
from django.urls import reverse

from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.ledger.registry import Later
from exchange.webinars.after import figures
from exchange.webinars.models import (
    Asked,
    Ballot,
    Poll,
    Presence,
    Presenter,
    Recording,
    Seat,
    Series,
    Webinar,
)
from exchange.webinars.recordings import actions, working
from exchange.webinars.recordings.queries import PLAYED
from exchange.webinars.rooms import breaker, callbacks
from tests import cast
from tests.webinars.conftest import planned, seated
from tests.webinars.recordings.conftest import heard, is_out
from tests.webinars.rooms import stub_bbb
from tests.webinars.rooms.stub_bbb import SECRET

pytestmark = pytest.mark.django_db
State = Recording.State


def desk(name, *given):
    return reverse(f"webinars-desk:{name}", args=given)


def test_a_host_hears_it_and_then_says_yes_in_the_browser(waiting, host, desta):
    heard(waiting, desta)
    pk = waiting.webinar_id
    page = host.get(desk("recordings", pk))
    assert "waits for two hosts" in page.content.decode()
    assert "media-src 'self'" in page["Content-Security-Policy"]
    say = desk("recording-say", pk, waiting.pk)

    deaf = host.post(say, {f"r{waiting.pk}-says": "yes", f"r{waiting.pk}-note": "All clear"})
    sound = host.get(desk("recording-play", pk, waiting.pk, "mp3"), headers={"Range": "bytes=0-9"})
    done = host.post(say, {f"r{waiting.pk}-says": "yes"}, follow=True)

    assert deaf.status_code == 422
    assert "Open the sound first" in deaf.content.decode()
    assert "All clear" in deaf.content.decode()
    assert (sound.status_code, len(sound.getvalue())) == (206, 10)
    assert "private" in sound["Cache-Control"]
    assert "two hosts have heard it and said yes" in done.content.decode()
    assert is_out(waiting)
    assert Event.objects.filter(kind=PLAYED).count() == 2


def test_nobody_but_hosts_hears_what_waits(waiting, host, amina):
    addresses = [
        desk("recordings", waiting.webinar_id),
        desk("recording-play", waiting.webinar_id, waiting.pk, "mp3"),
        desk("figures", waiting.webinar_id),
    ]
    member = cast.signed_in(Client(), amina)

    assert [host.get(one).status_code for one in addresses] == [200, 200, 200]
    assert [member.get(one).status_code for one in addresses] == [404, 404, 404]
    assert [Client().get(one).status_code for one in addresses] == [302, 302, 302]
    away = desk("recording-away", waiting.webinar_id, waiting.pk)
    assert member.post(away).status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_a_host_takes_it_away_and_another_who_is_late_is_told(waiting, host):
    away = desk("recording-away", waiting.webinar_id, waiting.pk)

    first, second = host.post(away, follow=True), host.post(away, follow=True)

    assert "its files are destroyed" in first.content.decode()
    assert "taken away meanwhile" in second.content.decode()
    play = desk("recording-play", waiting.webinar_id, waiting.pk, "mp3")
    assert host.get(play).status_code == 404


def test_the_page_says_who_has_not_agreed_and_makes_nothing(over, broadcast, host):
    make = desk("recording-make", over.pk)
    given = {"webinar": over, "name": "Dr Otieno", "answer": Presenter.Answer.AGREED}
    presenter = Presenter.objects.create(**given)
    page = host.get(desk("recordings", over.pk)).content.decode()
    assert "Dr Otieno has not agreed to be recorded" in page
    host.post(make)
    assert not Recording.objects.exists()

    Presenter.objects.filter(pk=presenter.pk).update(may_be_recorded=True)
    host.post(make)

    assert Recording.objects.get().state == State.MAKING


@pytest.fixture
def stub(settings):
    breaker.forget()
    with stub_bbb.running() as running:
        settings.BBB = f"{running.base} {SECRET}"
        yield running
    breaker.forget()


@pytest.fixture
def engine_row(over, stub):
    Webinar.objects.filter(pk=over.pk).update(engine="bbb")
    over.refresh_from_db()
    return callbacks.note_recording(over, "rec-1")


def test_a_recording_of_the_engine_waits_for_two_hosts_as_well(
    engine_row, over, stub, host, beatriz, desta
):
    with pytest.raises(Later):
        working.make(engine_row.pk)
    room = over.room_key
    kept = {"recordID": "rec-1", "meetingID": room, "state": "published"}
    stub.recordings = [{**kept, "url": "https://bbb.example/playback/1"}]
    working.make(engine_row.pk)
    engine_row.refresh_from_db()
    assert (engine_row.state, engine_row.seconds) == (State.WAITING, 90)
    there = host.get(desk("recording-elsewhere", over.pk, engine_row.pk))

    assert there["Location"] == "https://bbb.example/playback/1"
    assert there["Referrer-Policy"] == "no-referrer"
    actions.say(recording=engine_row, by=beatriz, says_yes=True)
    assert not is_out(engine_row)
    heard(engine_row, desta)
    assert is_out(engine_row)


def test_taken_away_here_it_is_deleted_there(engine_row, over, stub, beatriz):
    kept = {"recordID": "rec-1", "meetingID": over.room_key, "state": "published"}
    stub.recordings = [{**kept, "url": "https://bbb.example/playback/1"}]
    stub.trouble = stub_bbb.says(500, b"")
    actions.take_away(recording=engine_row, by=beatriz)
    with pytest.raises(Later):
        working.delete_there(engine_row.pk)
    stub.trouble = None

    working.delete_there(engine_row.pk)

    assert stub.recordings == []
    with pytest.raises(callbacks.RecordingGone):
        callbacks.note_recording(over, "rec-1")


def fill(webinar):
    """Nine places: four of Kenya, three of Uganda, one of each of two others."""
    taken = {"came_at": now(), "language": "sw"}
    for number, country in enumerate(["KE"] * 4 + ["UG"] * 3 + ["TZ", "RW"]):
        seated(webinar, email=f"{number}@example.org", country=country, **taken)
    seated(webinar, email="c@example.org", people=12, group="A club", language="fr")
    seated(webinar, email="w@example.org", state=Seat.State.WAITING, country="KE")


def test_figures_tell_numbers_and_nobody(over, host, django_assert_max_num_queries):
    fill(over)
    seat = over.seats.first()
    shown = Asked.objects.create(webinar=over, seat=seat, text="Why?", state="answered", votes=4)
    Asked.objects.create(webinar=over, seat=seat, text="Who?", votes=9)
    poll = Poll.objects.create(webinar=over, text="Tea?", choices="Yes\nNo")
    Ballot.objects.create(poll=poll, seat=seat, choice=0)
    minute = now().replace(second=0, microsecond=0)
    for node, reading in (("a", 5), ("b", 7)):
        Presence.objects.create(webinar=over, node=node, minute=minute, reading=reading)

    with django_assert_max_num_queries(4):
        found = figures.of([over.pk])

    assert (found.seats, found.people, found.clubs, found.people_in_clubs) == (10, 21, 1, 12)
    assert (found.waiting, found.came, found.people_came) == (1, 9, 9)
    assert (found.questions, found.on_the_wall, found.answered, found.votes) == (2, 1, 1, 4)
    assert (found.polls, found.choices, found.reading_most) == (1, 1, 12)
    assert found.countries == [("Kenya", 4), ("Uganda", 3), ("", 3)]
    page = host.get(desk("figures", over.pk)).content.decode()
    assert "Kenya" in page
    assert "Tanzania" not in page
    assert shown.text not in page


def test_so_few_that_they_could_be_told_apart_are_not_told(over):
    for number, country in enumerate(["KE"] * 3 + ["UG"] * 2):
        seated(over, email=f"{number}@example.org", country=country)

    assert figures.of([over.pk]).countries == [("Kenya", 3)]


def test_a_series_is_told_together_and_without_what_was_withdrawn(beatriz, host):
    series = Series.objects.create(slug="fathers", title="Fathers", by=beatriz)
    hours = [planned(beatriz, title=f"Hour {n}", series=series) for n in (1, 2, 3)]
    for hour in hours:
        seated(hour, email="a@example.org")
    Webinar.objects.filter(pk=hours[2].pk).update(state="withdrawn")

    page = host.get(desk("series-figures", "fathers"))

    one = host.get(desk("figures", hours[0].pk)).content.decode()

    assert desk("series-figures", "fathers") in one
    assert figures.of(figures.of_series(series)).seats == 2
    assert "2 webinars" in page.content.decode()
    assert host.get(desk("series-figures", "no-such")).status_code == 404


def test_the_pages_of_recordings_ask_the_database_little(
    waiting, host, beatriz, desta, django_assert_max_num_queries
):
    heard(waiting, beatriz)
    heard(waiting, desta)
    for number in range(3):
        fields = {"kind": "elsewhere", "address": "https://x.example/", "state": State.RELEASED}
        Recording.objects.create(webinar=waiting.webinar.webinar, engine_id=f"r{number}", **fields)

    for name in ("recordings", "figures"):
        with django_assert_max_num_queries(8):
            assert host.get(desk(name, waiting.webinar_id)).status_code == 200
    with django_assert_max_num_queries(3):
        Client().get(reverse("webinar-podcast"))

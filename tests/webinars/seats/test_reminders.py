"""Reminders: at their moment, once for the same time, and anew when the webinar moves.
Run by pytest alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.actions import record
from exchange.mail.models import OutgoingMail
from exchange.webinars.models import Phase, Reminder, Seat, Webinar
from exchange.webinars.seats import actions, reminding
from exchange.webinars.seats.rules import DEFAULT_REMINDERS
from tests.webinars.conftest import planned, seated

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
DAY, HOUR = 24 * 60, 60


@pytest.fixture
def ahead(beatriz) -> Webinar:
    """On a day in March, with the usual reminders."""
    with time_machine.travel(START - timedelta(days=20), tick=False):
        webinar = planned(beatriz, starts_at=START)
        reminding.set_defaults(webinar_id=webinar.pk)
    return webinar


def sent_at(moment: datetime) -> list[str]:
    """What goes to people when the clock comes by then, by subject."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    with time_machine.travel(moment, tick=False):
        reminding.send_due(at=moment)
        worker.run_until_idle()
    new = OutgoingMail.objects.filter(purpose="seat-reminder").exclude(pk__in=before)
    return list(new.order_by("pk").values_list("subject", flat=True))


def states() -> list[str]:
    rows = OutgoingMail.objects.filter(purpose="seat-reminder").order_by("pk")
    return list(rows.values_list("state", flat=True))


def moved(webinar: Webinar, start: datetime) -> None:
    Webinar.objects.filter(pk=webinar.pk).update(starts_at=start, sequence=webinar.sequence + 1)
    webinar.refresh_from_db()


def test_each_goes_at_its_moment_and_once(ahead, amina):
    actions.register(webinar=ahead, member=amina)

    week = sent_at(START - timedelta(days=7) + timedelta(seconds=30))
    again = sent_at(START - timedelta(days=7) + timedelta(minutes=2))
    between = sent_at(START - timedelta(days=3))
    day = sent_at(START - timedelta(days=1, seconds=-20))
    hour = sent_at(START - timedelta(minutes=59))

    assert week == ["The webinar is in 7 days"]
    assert (again, between) == ([], [])
    assert (day, hour) == (["The webinar is in one day"], ["The webinar is in one hour"])
    assert set(states()) == {"sent"}


def test_what_is_long_past_is_not_made_up_for(ahead, amina):
    actions.register(webinar=ahead, member=amina)

    assert sent_at(START - timedelta(days=4)) == []
    assert sent_at(START - timedelta(minutes=30)) == []
    assert sent_at(START - timedelta(minutes=50)) == ["The webinar is in one hour"]


def test_a_moved_webinar_reminds_anew_of_what_lies_ahead_and_never_twice_of_one_time(ahead, amina):
    actions.register(webinar=ahead, member=amina)
    assert sent_at(START - timedelta(days=1)) == ["The webinar is in one day"]

    moved(ahead, START + timedelta(days=2))
    assert sent_at(START - timedelta(hours=23)) == []
    assert sent_at(START + timedelta(days=1)) == ["The webinar is in one day"]
    moved(ahead, START + timedelta(days=2))
    assert sent_at(START + timedelta(days=1, minutes=3)) == []

    assert OutgoingMail.objects.filter(purpose="seat-reminder").count() == 2


def test_one_that_waits_while_the_webinar_moves_does_not_go(ahead, amina, chen):
    actions.register(webinar=ahead, member=amina)
    moment = START - timedelta(days=1)
    with time_machine.travel(moment, tick=False):
        reminding.send_due(at=moment)
        moved(ahead, START + timedelta(hours=5))
        worker.run_until_idle()

    mail = OutgoingMail.objects.get(purpose="seat-reminder")
    assert (mail.state, mail.last_error) == ("suppressed", "moved")


@pytest.mark.parametrize(
    ("change", "why"),
    [("given up", "not-wanted"), ("no reminders", "not-wanted"), ("called off", "not-visible")],
)
def test_the_last_look_stops_what_is_not_true_any_more(ahead, amina, change, why):
    seat = actions.register(webinar=ahead, member=amina)
    moment = START - timedelta(days=1)
    with time_machine.travel(moment, tick=False):
        reminding.send_due(at=moment)
        if change == "given up":
            actions.give_up(seat=seat)
        elif change == "no reminders":
            actions.stop_reminders(seat=seat)
        else:
            Webinar.objects.filter(pk=ahead.pk).update(phase=Phase.CANCELLED)
        worker.run_until_idle()

    mail = OutgoingMail.objects.get(purpose="seat-reminder")
    assert (mail.state, mail.last_error) == ("suppressed", why)


def test_a_withdrawn_webinar_takes_its_reminders_along(
    ahead, amina, beatriz, django_capture_on_commit_callbacks
):
    actions.register(webinar=ahead, member=amina)
    moment = START - timedelta(days=1)
    with time_machine.travel(moment, tick=False):
        reminding.send_due(at=moment)
        assert "fathers" in OutgoingMail.objects.get(purpose="seat-reminder").text
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(contribution=ahead, by=beatriz)
        worker.run_until_idle()

    mail = OutgoingMail.objects.get(purpose="seat-reminder")
    assert mail.state in ("dropped", "suppressed")
    assert mail.text == ""
    assert sent_at(START - timedelta(minutes=59)) == []


def test_only_who_has_a_place_and_wants_it_is_reminded(ahead, amina, chen):
    actions.register(webinar=ahead, member=amina)
    quiet = actions.register(webinar=ahead, member=chen)
    actions.stop_reminders(seat=quiet)
    for state in (Seat.State.ASKED, Seat.State.WAITING, Seat.State.GIVEN_UP):
        seated(ahead, email=f"{state}@example.org", state=state)
    seated(ahead, email="guest@example.org", language="fr")

    sent_at(START - timedelta(hours=24))

    to = OutgoingMail.objects.filter(purpose="seat-reminder")
    assert set(to.values_list("to_address", flat=True)) == {amina.email, "guest@example.org"}


def test_after_the_end_everybody_is_thanked_once(ahead, amina):
    actions.register(webinar=ahead, member=amina)
    end = START + timedelta(minutes=75)
    assert sent_at(START + timedelta(minutes=100)) == []

    Webinar.objects.filter(pk=ahead.pk).update(phase=Phase.OVER, ended_at=end)

    assert sent_at(end + timedelta(minutes=29)) == []
    assert sent_at(end + timedelta(minutes=31)) == ["Thank you from the webinar"]
    assert sent_at(end + timedelta(hours=5)) == []


def test_a_letter_cut_short_half_way_goes_on_with_those_who_have_none(ahead, monkeypatch):
    for n in range(5):
        seated(ahead, email=f"guest{n}@example.org")
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    due = ahead.reminders.get(minutes_before=DAY)
    part = next(reminding._parts(ahead))
    with time_machine.travel(START - timedelta(days=1), tick=False):
        first = [reminding._letter(due, seat) for seat in part]
        reminding.queue_many(first)

    sent_at(START - timedelta(days=1) + timedelta(minutes=1))

    addresses = list(OutgoingMail.objects.values_list("to_address", flat=True))
    assert sorted(addresses) == [f"guest{n}@example.org" for n in range(5)]


def test_times_are_by_the_clock_of_the_reader_through_a_change_of_the_clocks(beatriz):
    # On 28 March 2027 clocks in Europe go forward; those in Nairobi never do.
    start = datetime(2027, 3, 28, 14, 0, tzinfo=UTC)
    webinar = planned(beatriz, starts_at=start)
    reminding.set_defaults(webinar_id=webinar.pk)
    seated(webinar, email="paris@example.org", country="FR")
    seated(webinar, email="hub@example.org")
    seated(webinar, email="kolkata@example.org", zone="Asia/Kolkata")

    sent_at(start - timedelta(days=1))

    def when(address: str) -> str:
        text = OutgoingMail.objects.get(to_address=address).text
        return next(line for line in text.splitlines() if "UTC" in line)

    assert when("paris@example.org") == "Sunday, 28 March 2027, 16:00 Paris (14:00 UTC)"
    assert when("hub@example.org") == "Sunday, 28 March 2027, 17:00 Nairobi (14:00 UTC)"
    assert "19:30" in when("kolkata@example.org")


def test_a_reminder_names_our_own_link_alone(ahead):
    Webinar.objects.filter(pk=ahead.pk).update(
        engine="link", engine_link="https://zoom.example/j/99?pwd=hemmelig"
    )
    seat = seated(ahead, email="guest@example.org")

    sent_at(START - timedelta(days=1))

    mail = OutgoingMail.objects.get(to_address="guest@example.org")
    assert "zoom" not in mail.text + mail.html
    assert f"/webinars/seats/{seat.key}/" in mail.text
    assert "300 kB to 360 kB an hour" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_hosts_choose_the_offsets(ahead):
    reminding.add(webinar=ahead, minutes=2 * HOUR)
    reminding.add(webinar=ahead, minutes=2 * HOUR)
    reminding.remove(webinar=ahead, minutes=7 * DAY)
    for wrong in (0, 61 * DAY, -15 * DAY):
        with pytest.raises(reminding.BadOffset):
            reminding.add(webinar=ahead, minutes=wrong)

    kept = {row.minutes_before for row in Reminder.objects.filter(webinar=ahead)}
    assert kept == {2 * HOUR, *DEFAULT_REMINDERS} - {7 * DAY}
    reminding.set_defaults(webinar_id=ahead.pk)
    assert ahead.reminders.count() == len(kept)


def test_what_opens_has_reminders_and_more_places_let_people_in(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=1)
    actions.register(webinar=webinar, member=amina)
    waits = actions.register(webinar=webinar, member=chen)
    Webinar.objects.filter(pk=webinar.pk).update(capacity=2)
    with transaction.atomic():
        for kind in ("webinar.opened", "webinar.changed"):
            record(kind, subject_type="webinar", subject_id=webinar.pk)

    worker.run_until_idle()

    assert {row.minutes_before for row in webinar.reminders.all()} == set(DEFAULT_REMINDERS)
    assert Seat.objects.get(pk=waits.pk).state == "taken"


def test_so_many_are_enough(ahead):
    for minutes in (5, 10, 15, 20):
        reminding.add(webinar=ahead, minutes=minutes)

    with pytest.raises(reminding.TooMany):
        reminding.add(webinar=ahead, minutes=25)


def test_the_clock_asks_the_same_for_one_webinar_and_for_many(
    ahead, beatriz, django_assert_num_queries
):
    with django_assert_num_queries(1):
        reminding.send_due(at=now())
    for n in range(3):
        other = planned(beatriz, title=f"Talking with mothers {n}", starts_at=START)
        reminding.set_defaults(webinar_id=other.pk)

    with django_assert_num_queries(1):
        reminding.send_due(at=now())

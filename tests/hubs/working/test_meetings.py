"""Meetings: asked by letter with a calendar, answered by mail or tap, moved, called off, reminded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from exchange.core.time import now
from exchange.hubs.models import Coming, Membership, Paper, Sitting, Space
from exchange.hubs.working import meetings, reminding
from exchange.hubs.working.errors import NotAllowed, NotNow
from exchange.hubs.working.meetings import When
from exchange.hubs.working.papers import Written
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_the_hour_is_that_on_the_wall_of_the_group(meeting: Paper) -> None:
    assert meeting.sitting.wall.endswith("T10:00")
    assert meeting.sitting.starts_at.astimezone(UTC).hour == 7


def test_only_hosts_plan_and_never_into_the_past(group, amina, halima) -> None:
    ahead = When((now() + timedelta(days=2)).replace(tzinfo=None), 60)
    with pytest.raises(NotAllowed):
        meetings.plan(group, by=amina, written=Written(title="Mine"), when=ahead)
    past = When(datetime(2020, 1, 1, 10, 0), 60)
    with pytest.raises(NotNow):
        meetings.plan(group, by=halima, written=Written(title="Past"), when=past)


def test_all_are_asked_by_a_letter_with_a_calendar(meeting, amina, grace, post) -> None:
    worker.run_until_idle()
    letter = OutgoingMail.objects.get(to_address=amina.email)
    assert "METHOD:REQUEST" in letter.calendar
    assert "SEQUENCE:0" in letter.calendar
    assert "How the first month went" in letter.text
    assert "At the office" in letter.text
    assert "How the first month" not in letter.subject
    assert OutgoingMail.objects.filter(to_address=grace.email).exists()


def test_a_sensitive_group_tells_nothing_in_subject_and_calendar(meeting, amina, post) -> None:
    Space.objects.update(is_sensitive=True, mail_content="notice")
    worker.run_until_idle()
    letter = OutgoingMail.objects.get(to_address=amina.email)
    assert letter.subject == "A message for you"
    for told in (letter.text, letter.html, letter.calendar):
        assert "first month" not in told
        assert "office" not in told


def test_yes_by_mail_and_words_become_a_point(meeting, amina, halima, post) -> None:
    worker.run_until_idle()
    writer = post.of(amina)
    letter = OutgoingMail.objects.get(to_address=amina.email)
    writer.answer("Yes", letter=letter)
    assert Coming.objects.get(member=amina).answer == "yes"
    writer.answer("Who keeps the list?\nWe lost two names.", letter=letter)
    point = Paper.objects.get(kind="agenda")
    assert (point.title, point.choice, point.author) == ("Who keeps the list?", "proposed", amina)
    worker.run_until_idle()
    assert "agenda" in post.of(halima).newest().subject


def test_a_mail_that_proves_nothing_changes_nothing(meeting, amina, chen, post) -> None:
    worker.run_until_idle()
    letter = OutgoingMail.objects.get(to_address=amina.email)
    post.of(chen).answer("Yes", letter=letter)
    assert not Coming.objects.exists()


def test_stop_by_mail_ends_the_letters_and_no_more(meeting, amina, post) -> None:
    worker.run_until_idle()
    post.of(amina).answer("STOP")
    place = Membership.objects.get(member=amina)
    assert (place.level, place.state) == ("off", "in")


def test_moved_and_called_off_are_told_with_a_higher_sequence(meeting, amina, halima, post) -> None:
    worker.run_until_idle()
    wall = datetime.fromisoformat(meeting.sitting.wall) + timedelta(hours=2)
    meetings.change(
        meeting,
        by=halima,
        written=Written(title=meeting.title),
        when=When(wall, 90, "At the office"),
        version=1,
    )
    worker.run_until_idle()
    assert "SEQUENCE:1" in post.of(amina).newest().calendar
    meetings.call_off(meeting, by=halima, why="The road is closed")
    worker.run_until_idle()
    last = post.of(amina).newest()
    assert "METHOD:CANCEL" in last.calendar
    assert "The road is closed" in last.text


def test_a_day_before_all_but_who_said_no_are_reminded_once(
    meeting, amina, juma, halima, post
) -> None:
    worker.run_until_idle()
    Paper.objects.update(made_at=now() - timedelta(days=9))
    meetings.come(meeting, by=juma, answer="no")
    OutgoingMail.objects.all().delete()
    moment = meeting.sitting.starts_at - timedelta(hours=20)
    with time_machine.travel(moment, tick=False):
        reminding.remind_of_meetings(moment=moment)
        reminding.remind_of_meetings(moment=moment)
    told = OutgoingMail.objects.values_list("to_address", flat=True)
    assert sorted(told) == sorted([amina.email, halima.email])


def test_clocks_that_change_leave_the_hour_on_the_wall(meeting, monkeypatch) -> None:
    before = meeting.sitting.starts_at
    # As if the group were planned before its country changed its clocks by an hour.
    Sitting.objects.update(starts_at=before + timedelta(hours=1))
    assert meetings.follow_clocks(moment=now()) == 1
    sitting = Sitting.objects.get()
    assert (sitting.starts_at, sitting.sequence) == (before, 1)


def test_hosts_take_points_on_and_put_them_in_order(meeting, amina, halima) -> None:
    first = meetings.propose(meeting, by=amina, written=Written(title="First"))
    second = meetings.propose(meeting, by=halima, written=Written(title="Second"))
    assert (first.choice, second.choice) == ("proposed", "accepted")
    with pytest.raises(NotAllowed):
        meetings.decide(first, by=amina, choice="accepted")
    meetings.decide(first, by=halima, choice="accepted")
    meetings.raise_point(second, by=halima)
    assert [one.title for one in meetings.agenda(meeting.pk)] == ["Second", "First"]


def test_planned_and_answered_on_a_page(group, halima, amina, browser) -> None:
    day = f"{now() + timedelta(days=3):%Y-%m-%d}"
    given = {"title": "Second month", "day": day, "hour": "15:00", "minutes": "45"}
    answer = browser(halima).post("/hubs/nairobi/meetings/new/", given)
    row = Paper.objects.get(kind="meeting")
    assert answer.headers["Location"] == row.get_absolute_url()
    browser(amina).post(f"{row.get_absolute_url()}coming/", {"answer": "maybe"})
    assert Coming.objects.get().answer == "maybe"
    wrong = browser(halima).post("/hubs/nairobi/meetings/new/", {**given, "day": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Second month" in wrong.content.decode()


def test_a_calendar_by_its_key_shows_ones_own_groups_until_the_key_changes(
    meeting, amina, chen, browser, visitor
) -> None:
    client = browser(amina)
    page = client.get("/hubs/meetings/calendar/").content.decode()
    address = page.split("http://testserver")[1].split("<")[0]
    assert "How the first month went" in visitor.get(address).content.decode()
    other = browser(chen).get("/hubs/meetings/calendar/").content.decode()
    theirs = other.split("http://testserver")[1].split("<")[0]
    assert "BEGIN:VEVENT" not in visitor.get(theirs).content.decode()
    client.post("/hubs/meetings/calendar/")
    assert visitor.get(address).status_code == 404

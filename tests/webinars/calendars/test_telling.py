"""What follows when the hour moves or is called off: for each person once, and for their calendar.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.actions import drop, queue_many
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.webinars import hours
from exchange.webinars.calendars import building, telling
from exchange.webinars.models import Phase, Presenter, Seat, Webinar
from exchange.webinars.planning import actions as planning
from exchange.webinars.writing import to_seat
from tests.webinars.conftest import planned, seated

pytestmark = pytest.mark.django_db


def move(webinar, by, *, days=0, hours=0, minutes=None):
    fresh = Webinar.objects.get(pk=webinar.pk)
    starts_at = fresh.starts_at + timedelta(days=days, hours=hours)
    length = minutes or fresh.minutes
    return planning.move(webinar=fresh, starts_at=starts_at, minutes=length, zone=fresh.zone, by=by)


def queued_invitation(webinar, seat):
    """The letter with the invitation, as it is when somebody has registered."""
    paper = Paper("Your place", (Piece("plain", "You have a place."),))
    letter = to_seat(
        seat,
        paper,
        purpose="seat",
        tail="taken:1",
        calendar=building.invitation(webinar, seat),
    )
    with transaction.atomic():
        (mail,) = queue_many([letter])
        Seat.objects.filter(pk=seat.pk).update(told_sequence=webinar.sequence)
    return mail


def invite(webinar, seat):
    queued_invitation(webinar, seat)
    worker.run_until_idle()


def told(seat):
    seat.refresh_from_db()
    return seat.told_sequence, seat.told_cancelled


def time_letters(**which):
    return OutgoingMail.objects.filter(purpose=telling.PURPOSE, **which).order_by("pk")


@pytest.fixture
def place(webinar, amina):
    seat = seated(webinar, amina, zone="Africa/Nairobi")
    invite(webinar, seat)
    return seat


def test_a_life_in_a_calendar_from_invitation_to_cancellation(
    webinar, place, amina, beatriz, calendar_of
):
    first = (webinar.starts_at, webinar.ends_at)
    assert calendar_of(amina.email).standing == [first]

    moved = move(webinar, beatriz, days=1)
    worker.run_until_idle()
    assert calendar_of(amina.email).standing == [(moved.starts_at, moved.ends_at)]
    assert told(place) == (1, False)

    planning.cancel(webinar=moved, why="The presenter is ill.", by=beatriz)
    worker.run_until_idle()

    program = calendar_of(amina.email)
    assert program.standing == []
    assert program.refused == []
    (event,) = program.entries.values()
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")
    assert told(place) == (2, True)


def test_a_calendar_that_got_them_in_the_wrong_order_ends_the_same(
    webinar, place, amina, beatriz, calendar_of, letters_to
):
    move(webinar, beatriz, days=1)
    worker.run_until_idle()
    program = calendar_of(amina.email)

    program.open(letters_to(amina.email)[0])

    assert program.refused == ["older"]
    assert program.standing[0][0] == webinar.starts_at + timedelta(days=1)


def test_the_letter_shows_the_old_time_and_the_new_one_by_their_own_clock(
    webinar, amina, beatriz, letters_to
):
    seat = seated(webinar, amina, zone="Asia/Kolkata", language="en")
    moved = move(webinar, beatriz, hours=2, minutes=90)

    worker.run_until_idle()

    letter = letters_to(amina.email)[-1]
    text = letter.get_body(["plain"]).get_content()
    assert f"Before: {hours.said(webinar.starts_at, 'Asia/Kolkata')}" in text
    assert f"Now: {hours.said(moved.starts_at, 'Asia/Kolkata')}" in text
    assert "It lasts 90 minutes now; before, it was 60." in text
    assert f"/webinars/seats/{seat.key}/" in text
    assert webinar.title not in letter["Subject"]


def test_members_guests_and_those_who_wait_are_told_and_nobody_else(webinar, amina, chen, beatriz):
    seats = [
        seated(webinar, amina),
        seated(webinar, email="guest@example.org", language="sw"),
        seated(webinar, chen, state=Seat.State.WAITING, queued_at=now()),
    ]
    for state in (Seat.State.ASKED, Seat.State.GIVEN_UP):
        seated(webinar, email=f"{state}@example.org", state=state)
    move(webinar, beatriz, days=1)

    worker.run_until_idle()

    letters = {mail.to_address: mail for mail in time_letters()}
    assert set(letters) == {amina.email, "guest@example.org", chen.email}
    assert letters["guest@example.org"].language == "sw"
    assert "METHOD:REQUEST" in letters[amina.email].calendar
    assert letters[chen.email].calendar == ""
    # Who waits has nothing in their calendar yet.
    assert [told(seat)[0] for seat in seats] == [1, 1, -1]


def test_who_waits_is_told_of_each_move_once(webinar, chen, beatriz, letters_to):
    seated(webinar, chen, state=Seat.State.WAITING, queued_at=now(), zone="Africa/Nairobi")
    between = move(webinar, beatriz, days=1)
    worker.run_until_idle()
    telling.tell(webinar_id=webinar.pk)
    move(webinar, beatriz, days=1)
    worker.run_until_idle()

    assert time_letters(state="sent").count() == 2
    text = letters_to(chen.email)[-1].get_body(["plain"]).get_content()
    assert f"Before: {hours.said(between.starts_at, 'Africa/Nairobi')}" in text


def test_an_invitation_does_not_leave_when_the_place_was_given_up(webinar, amina):
    seat = seated(webinar, amina)
    mail = queued_invitation(webinar, seat)
    Seat.objects.filter(pk=seat.pk).update(state=Seat.State.GIVEN_UP)

    worker.run_until_idle()

    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("suppressed", "not-wanted")


def test_presenters_who_agreed_are_told_and_others_are_not(webinar, chen, beatriz):
    agreed, asked = Presenter.Answer.AGREED, Presenter.Answer.ASKED
    rows = webinar.presenters
    rows.create(member=chen, name="Chen", answer=agreed)
    rows.create(email="speaker@example.org", name="Sami", answer=agreed)
    rows.create(email="perhaps@example.org", name="Pia", answer=asked)
    moved = move(webinar, beatriz, days=1)
    planning.cancel(webinar=moved, why="", by=beatriz)

    worker.run_until_idle()

    told_of = [(mail.to_address, mail.key[-1], mail.state) for mail in time_letters()]
    assert sorted(told_of) == [
        (chen.email, "2", "sent"),
        ("speaker@example.org", "2", "sent"),
    ]


def test_a_second_move_replaces_the_letter_that_has_not_gone(
    webinar, place, amina, beatriz, letters_to
):
    move(webinar, beatriz, days=1)
    telling.tell(webinar_id=webinar.pk)
    unsent = time_letters().get()
    last = move(webinar, beatriz, days=1)

    worker.run_until_idle()

    unsent.refresh_from_db()
    assert unsent.state in ("dropped", "suppressed")
    (sent,) = time_letters(state="sent")
    assert "SEQUENCE:2" in sent.calendar
    place.refresh_from_db()
    zone = "Africa/Nairobi"
    with_words = letters_to(amina.email)[-1].get_body(["plain"]).get_content()
    # They have never heard of the time between.
    assert f"Before: {hours.said(webinar.starts_at, zone)}" in with_words
    assert f"Now: {hours.said(last.starts_at, zone)}" in with_words


def test_what_went_is_what_they_know_at_the_next_move(webinar, place, amina, beatriz, letters_to):
    between = move(webinar, beatriz, days=1)
    worker.run_until_idle()
    move(webinar, beatriz, days=1)
    worker.run_until_idle()

    text = letters_to(amina.email)[-1].get_body(["plain"]).get_content()
    assert f"Before: {hours.said(between.starts_at, 'Africa/Nairobi')}" in text


def test_moved_and_back_before_anybody_heard_is_no_news(webinar, place, amina, beatriz):
    move(webinar, beatriz, days=1)
    move(webinar, beatriz, days=-1)

    worker.run_until_idle()

    assert not time_letters(state="sent").exists()
    assert told(place) == (2, False)


def test_called_off_before_the_move_was_told_is_one_letter(webinar, place, beatriz, calendar_of):
    moved = move(webinar, beatriz, days=1)
    planning.cancel(webinar=moved, why="", by=beatriz)

    worker.run_until_idle()

    (sent,) = time_letters(state="sent")
    assert "METHOD:CANCEL" in sent.calendar
    assert calendar_of(place.member.email).standing == []


def test_who_registers_after_a_move_is_told_nothing_of_it(webinar, amina, beatriz):
    moved = move(webinar, beatriz, days=1)
    seated(moved, amina)

    worker.run_until_idle()

    assert not time_letters().exists()


def test_other_words_and_other_presenters_move_no_calendar(webinar, place, beatriz):
    before = webinar.sequence
    Webinar.objects.filter(pk=webinar.pk).update(title="Another title")
    telling.tell(webinar_id=webinar.pk)

    worker.run_until_idle()

    assert not time_letters().exists()
    webinar.refresh_from_db()
    assert webinar.sequence == before


def test_moved_while_it_is_live(live, amina, beatriz, calendar_of):
    seat = seated(live, amina)
    invite(live, seat)
    longer = move(live, beatriz, minutes=90)
    worker.run_until_idle()
    assert calendar_of(amina.email).standing == [(longer.starts_at, longer.ends_at)]

    later = move(live, beatriz, hours=5)
    worker.run_until_idle()

    assert Webinar.objects.get(pk=live.pk).phase == Phase.OPEN
    assert calendar_of(amina.email).standing == [(later.starts_at, later.ends_at)]


def test_an_invitation_to_an_older_time_does_not_leave(webinar, amina, beatriz):
    seat = seated(webinar, amina)
    mail = queued_invitation(webinar, seat)
    move(webinar, beatriz, days=1)

    worker.run_until_idle()

    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("suppressed", "another-time")
    assert "SEQUENCE:1" in time_letters(state="sent").get().calendar


def test_the_last_look_lets_nothing_go_to_who_gave_up_or_after_a_withdrawal(
    webinar, place, chen, beatriz
):
    other = seated(webinar, chen)
    move(webinar, beatriz, days=1)
    telling.tell(webinar_id=webinar.pk)
    Seat.objects.filter(pk=other.pk).update(state=Seat.State.GIVEN_UP)
    first, second = time_letters()
    assert telling.why_not(first) == ""
    assert telling.why_not(second) == "not-wanted"

    withdraw(contribution=Webinar.objects.get(pk=webinar.pk), by=beatriz)
    assert telling.why_not(first) == "not-visible"
    worker.run_until_idle()

    assert not time_letters(state="sent").exists()
    assert "SUMMARY" not in "".join(time_letters().values_list("calendar", flat=True))


class Killed(BaseException):
    """The worker is gone."""


def killed_after(statements):
    """Let so many statements through to the database, then end."""
    left = [statements]

    def wrapper(execute, sql, params, many, context):
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_anywhere_tells_everybody_once(beatriz, amina, chen):
    row = planned(beatriz)
    seats = [seated(row, amina), seated(row, chen), seated(row, email="guest@example.org")]
    move(row, beatriz, days=1)
    statements, died = 0, True
    while died:
        died = False
        try:
            with killed_after(statements):
                telling.tell(webinar_id=row.pk)
        except Killed:
            died = True
        statements += 1
    worker.run_until_idle()

    addresses = [mail.to_address for mail in time_letters()]
    assert sorted(addresses) == sorted(seat.address for seat in seats)
    assert statements > 5
    assert {told(seat) for seat in seats} == {(1, False)}


def test_more_than_one_part_is_told_whole(webinar, beatriz, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 3)
    for number in range(7):
        seated(webinar, email=f"guest{number}@example.org")
    move(webinar, beatriz, days=1)

    worker.run_until_idle()

    assert time_letters(state="sent").count() == 7
    assert telling.tell(webinar_id=webinar.pk) == 0


def test_a_letter_a_host_let_go_is_not_written_again(webinar, place, beatriz):
    move(webinar, beatriz, days=1)
    telling.tell(webinar_id=webinar.pk)
    drop(mail_id=time_letters().get().pk)

    worker.run_until_idle()

    assert list(time_letters().values_list("state", flat=True)) == ["dropped"]


def test_who_has_no_address_any_more_is_passed_over(webinar, amina, beatriz):
    seated(webinar, amina)
    seated(webinar, name="forgotten")
    type(amina).objects.filter(pk=amina.pk).update(is_active=False)
    move(webinar, beatriz, days=1)

    worker.run_until_idle()

    assert not time_letters().exists()

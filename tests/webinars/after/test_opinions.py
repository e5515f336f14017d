"""What the hour was worth: one answer a place, without a name, for hosts once there are enough.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from exchange.contributions.errors import Noticed
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.webinars.after import opinions
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Opinion, Phase, Seat, Webinar
from tests.webinars.conftest import seated

pytestmark = pytest.mark.django_db
TELLING = "Write to little Joseph at joseph@example.org, he is 9 and lives in Kariobangi."


@pytest.fixture
def seats(over):
    return [seated(over, email=f"guest{number}@example.org") for number in range(3)]


def page_of(seat):
    return reverse("webinars:opinion", args=[seat.key])


def desk(over):
    return reverse("webinars-desk:after-answers", args=[over.pk])


def test_one_a_place_and_nothing_says_whose(seats):
    opinions.give(seat=seats[0], useful=4, line_was="gaps", words="More time for questions.")

    row = Opinion.objects.get()
    assert (row.useful, row.line_was, row.words) == (4, "gaps", "More time for questions.")
    kept = {name: str(getattr(row, name)) for name in ("mark", "at", "line_was", "words")}
    for hidden in (seats[0].email, seats[0].key, seats[0].name):
        assert hidden not in kept.values()
    # The day, not the minute; and no entry that says when.
    assert len(kept["at"]) == 10
    assert not Event.objects.filter(subject_type="opinion").exists()
    with pytest.raises(AlreadyDone):
        opinions.give(seat=seats[0], useful=1)
    assert Opinion.objects.count() == 1


def test_a_group_answers_once_as_anybody(over):
    club = seated(over, email="club@example.org", people=12)

    opinions.give(seat=club, useful=3)

    assert Opinion.objects.count() == 1


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.LIVE, Phase.CANCELLED])
def test_only_of_an_hour_that_took_place(over, seats, phase):
    Webinar.objects.filter(pk=over.pk).update(phase=phase)

    with pytest.raises(NotNow):
        opinions.give(seat=seats[0], useful=3)


def test_for_two_months(over, seats):
    with time_machine.travel(now() + timedelta(days=62)), pytest.raises(NotNow):
        opinions.give(seat=seats[0], useful=3)


def test_words_pass_the_gates_first(seats):
    with pytest.raises(Noticed):
        opinions.give(seat=seats[0], useful=3, words=TELLING)

    assert not Opinion.objects.exists()


def test_hosts_read_it_once_three_have_answered(over, seats, beatriz, visitor, signed_in):
    host = signed_in(visitor, beatriz)
    for seat in seats[:2]:
        opinions.give(seat=seat, useful=4, line_was="good", words="Slower, please.")
    assert "Slower" not in host.get(desk(over)).content.decode()

    opinions.give(seat=seats[2], useful=1, line_was="bad", words="Again, please.")

    shown = host.get(desk(over)).content.decode()
    assert "Slower, please." in shown
    assert "Again, please." in shown
    assert opinions.tally(over).useful[0][1] == 2


def test_nobody_but_hosts_reads_it(over, seats, amina, visitor, signed_in):
    assert visitor.get(desk(over)).status_code == 302
    assert signed_in(visitor, amina).get(desk(over)).status_code == 404


def test_the_page_keeps_what_was_typed_and_takes_it_once(seats, visitor):
    page = page_of(seats[0])
    missing = visitor.post(page, {"words": "Slower, please."})
    assert missing.status_code == 422
    assert "Slower, please." in missing.content.decode()

    noticed = visitor.post(page, {"useful": "3", "words": TELLING})
    assert noticed.status_code == 422
    assert "Kariobangi" in noticed.content.decode()

    assert visitor.post(page, {"useful": "3", "words": "Slower, please."}).status_code == 302
    again = visitor.get(page)
    assert again.status_code == 200
    assert "You have answered already" in again.content.decode()
    assert visitor.post(page, {"useful": "1"}).status_code == 409
    assert Opinion.objects.count() == 1


def test_a_members_place_answers_to_that_member_alone(over, amina, chen, visitor, signed_in):
    seat = Seat.objects.get(webinar=over, member=amina)

    assert visitor.get(page_of(seat)).status_code == 302
    assert signed_in(visitor, chen).get(page_of(seat)).status_code == 404
    assert signed_in(visitor, amina).get(page_of(seat)).status_code == 200

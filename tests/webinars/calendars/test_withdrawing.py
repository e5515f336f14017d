"""One that was to come is withdrawn: calendars let it go, and no letter says what it was.
Run by pytest alone."""

import pytest

from exchange.contributions.actions import withdraw
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.webinars.calendars import withdrawing
from exchange.webinars.models import Seat, Webinar
from tests.webinars.calendars.test_telling import invite
from tests.webinars.conftest import seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(webinar, amina):
    seat = seated(webinar, amina)
    invite(webinar, seat)
    return seat


def test_who_registered_for_one_that_is_withdrawn_hears_it_without_its_words(
    webinar, place, amina, chen, beatriz, calendar_of, letters_to
):
    seated(webinar, chen, state=Seat.State.GIVEN_UP)
    program = calendar_of(amina.email)
    withdraw(contribution=Webinar.objects.get(pk=webinar.pk), by=beatriz)

    worker.run_until_idle()
    withdrawing.tell(webinar_id=webinar.pk)

    program.open(letters_to(amina.email)[-1])
    assert program.standing == []
    assert program.refused == []
    (mail,) = OutgoingMail.objects.filter(purpose=withdrawing.PURPOSE)
    assert mail.to_address == amina.email
    held = f"{mail.subject}{mail.text}{mail.html}{mail.calendar}"
    assert webinar.title not in held
    assert str(webinar.get_absolute_url()) not in held


def test_one_that_is_over_can_be_withdrawn_without_a_letter(live, amina, beatriz):
    seated(live, amina)
    withdraw(contribution=Webinar.objects.get(pk=live.pk), by=beatriz)

    worker.run_until_idle()

    assert not OutgoingMail.objects.filter(purpose=withdrawing.PURPOSE).exists()

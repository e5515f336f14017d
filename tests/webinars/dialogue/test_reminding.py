"""Nobody's question is forgotten: those who read first hear once a day how many wait.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.mail.models import OutgoingMail
from exchange.webinars.dialogue import actions, reminding
from exchange.webinars.models import Asked
from tests.webinars.dialogue.conftest import HELPER, WORDS

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=13)


def written() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(purpose="webinar-waits").order_by("to_address"))


def test_the_helper_hears_once_a_day_how_many_wait_and_not_what(live, asked, helper):
    for _again in range(2):
        reminding.remind(moment=now() + LATER)

    (letter,) = written()
    assert letter.to_address == helper.email
    assert f"/webinars/{live.pk}/live/helper/" in letter.text
    assert WORDS not in letter.text
    assert live.title not in letter.text


def test_what_only_a_host_may_show_is_told_to_who_planned_it(live, asked, helper, beatriz):
    Asked.objects.update(needs_host=True)

    reminding.remind(moment=now() + LATER)

    assert [one.to_address for one in written()] == sorted([beatriz.email, helper.email])


def test_fresh_decided_and_withdrawn_ones_remind_nobody(live, asked, helper, beatriz):
    assert reminding.remind(moment=now() + timedelta(hours=1)) == 0

    actions.show(asked=asked, by=helper, roles=HELPER)
    assert reminding.remind(moment=now() + LATER) == 0

    Asked.objects.update(state=Asked.State.WAITING)
    withdraw(contribution=live, by=beatriz)
    assert reminding.remind(moment=now() + LATER) == 0

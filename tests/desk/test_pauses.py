"""Pauses: for a while, kindly told, over by themselves, and in the record.
Run by pytest alone."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.core.time import now
from exchange.core.words import day
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import actions, dossier
from exchange.members.models import Member, Pause
from tests import cast

pytestmark = pytest.mark.django_db
ROUTE = "/desk/people/{}/pause/"


def ask(author: Member) -> None:
    submit(kind="question", content=Content(title="Who opens the door?"), author=author)


def test_a_host_pauses_a_member_who_is_told_the_day_and_the_reason_kindly(desk, amina):
    given = {"length": "72", "why": "heat", "note": "Let us all sleep over it."}
    answer = desk.post(ROUTE.format(amina.pk), given)
    worker.run_until_idle()

    amina.refresh_from_db()
    mail = OutgoingMail.objects.get(to_address=amina.email)
    page = desk.get(answer["Location"]).content.decode()
    assert answer.status_code == 302
    assert timedelta(hours=71) < amina.paused_until - now() <= timedelta(hours=72)
    assert mail.subject == "A note from the hosts"
    assert "Let us all sleep over it." in mail.text
    assert day(amina.paused_until) in mail.text
    assert "runs now" in page
    assert "a quarrel that needs to cool down" in page
    with pytest.raises(NotAllowed):
        ask(amina)


def test_it_ends_by_itself_and_stays_in_the_record(desk, beatriz, amina):
    actions.pause(member=amina, until=now() + timedelta(hours=24), by=beatriz)

    with time_machine.travel(now() + timedelta(hours=25)):
        ask(amina)
        page = cast.signed_in(Client(), beatriz).get(f"/desk/people/{amina.pk}/").content.decode()

    assert "runs now" not in page
    assert "Beatriz" in page
    assert len(dossier.export(amina)["members"]["pauses"]) == 1


def test_a_host_ends_it_early_and_the_member_is_told(desk, beatriz, amina):
    actions.pause(member=amina, until=now() + timedelta(days=7), by=beatriz)

    assert desk.post(ROUTE.format(amina.pk) + "end/").status_code == 302
    assert desk.post(ROUTE.format(amina.pk) + "end/").status_code == 302
    worker.run_until_idle()

    amina.refresh_from_db()
    ask(amina)
    mails = OutgoingMail.objects.filter(text__contains="Your pause has ended")
    assert mails.count() == 1
    assert Pause.objects.get().ended_at is not None


def test_a_new_pause_takes_the_place_of_the_one_that_runs(beatriz, amina):
    first = actions.pause(member=amina, until=now() + timedelta(days=1), by=beatriz)
    second = actions.pause(member=amina, until=now() + timedelta(days=3), by=beatriz)

    first.refresh_from_db()
    assert (first.is_over, second.is_over) == (True, False)
    assert amina.paused_until == second.until


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"length": "day"}, "Please say on which day it ends."),
        ({"length": "day", "day": "2001-01-01"}, "a day from today on"),
        ({"length": "day", "day": "9999-12-31"}, "a day from today on"),
        ({"length": "forever"}, "Select a valid choice"),
    ],
)
def test_an_end_that_makes_no_sense_is_refused_in_words(desk, amina, given, said):
    answer = desk.post(ROUTE.format(amina.pk), {"why": "other", **given})

    amina.refresh_from_db()
    assert (answer.status_code, amina.paused_until) == (422, None)
    assert said in answer.content.decode()


def test_until_a_day_lasts_to_its_end(desk, amina):
    tomorrow = now().date() + timedelta(days=1)

    desk.post(ROUTE.format(amina.pk), {"length": "day", "day": f"{tomorrow}", "why": "other"})

    amina.refresh_from_db()
    assert isinstance(tomorrow, date)
    assert (amina.paused_until.date(), amina.paused_until.hour) == (tomorrow, 23)


def test_hosts_are_not_paused_and_members_pause_nobody(desk, beatriz, desta, amina, chen):
    given = {"length": "24", "why": "other"}

    assert desk.post(ROUTE.format(desta.pk), given).status_code == 404
    assert desk.post(ROUTE.format(beatriz.pk), given).status_code == 404
    assert cast.signed_in(Client(), amina).post(ROUTE.format(chen.pk), given).status_code == 404
    assert not Pause.objects.exists()

"""The page behind the link in the text, what its owner is told, undo, and mails to stop+…@.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from exchange.alerts.models import Level, Watch, Wishes
from exchange.alerts.stopping import telling
from exchange.alerts.wishing.queries import wishes_of
from exchange.conversation.models import Follow
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.mail import tokens
from exchange.mail.inbound import Arrived, Sender
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.reading.opened import Opened
from exchange.mail.tokens import Token, What
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_tried_yet():
    cache.clear()


def level_of(member, row):
    return Follow.objects.get(member=member, contribution=row).level


def told(member):
    worker.run_until_idle()
    return list(OutgoingMail.objects.filter(to_address=member.email, purpose="stopped"))


def test_the_right_address_stops_and_the_owner_is_told_once_a_day(amina, question, link, click):
    address = link(What.PAGE_FOLLOW, question.pk)

    answer = click(address, way="stop", address=" AMINA@example.org ")
    again = click(address, way="stop", address="amina@example.org")

    assert (answer.status_code, again.status_code) == (200, 200)
    assert level_of(amina, question) == "off"
    (mail,) = told(amina)
    assert mail.subject == "A change to your mail"
    assert question.title not in mail.text + mail.html
    assert "UNDO" in mail.text
    assert mail.state == "sent"


def test_a_forwarded_copy_changes_nothing_and_offers_to_join(amina, chen, question, link, click):
    page = link(What.PAGE_FOLLOW, question.pk)

    for typed in ("chen@example.org", "nobody@example.org", "nonsense", ""):
        answer = click(page, way="stop", address=typed)
        assert answer.status_code == 422
        assert typed in answer.content.decode()
    words = click(page, way="all", address="chen@example.org").content.decode()
    assert "Was this copy passed on to you?" in words
    assert reverse("account_signup") in words
    assert amina.email not in words

    other = signed_in(Client(), chen).post(page, {"way": "stop"})
    assert other.status_code == 422
    assert level_of(amina, question) == "each"
    assert told(amina) == []


def test_whose_copy_it_is_cannot_be_found_out_by_trying(amina, question, link, click):
    page = link(What.PAGE_FOLLOW, question.pk)

    tries = [click(page, way="stop", address=f"p{n}@example.org").status_code for n in range(12)]
    right = click(page, way="stop", address=amina.email)

    assert tries == [422] * 10 + [429] * 2
    assert right.status_code == 429
    assert level_of(amina, question) == "each"
    assert click(link(What.STOP_FOLLOW, question.pk)).status_code == 200


def test_the_owner_who_is_signed_in_need_not_say_more(amina, question, link):
    client = signed_in(Client(), amina)
    page = link(What.PAGE_FOLLOW, question.pk)

    assert 'name="address"' not in client.get(page).content.decode()
    assert client.post(page, {"way": "stop"}).status_code == 200
    assert level_of(amina, question) == "off"


@pytest.mark.parametrize(("way", "level"), [("less", "digest"), ("stop", "off")])
def test_less_of_one_thing(amina, question, link, click, way, level):
    click(link(What.STOP_FOLLOW, question.pk), way=way)

    assert level_of(amina, question) == level


def test_a_month_without_mail_and_none_at_all(amina, question, link, click):
    click(link(What.STOP_FOLLOW, question.pk), way="pause")
    assert wishes_of(amina).is_paused
    click(link(What.STOP_FOLLOW, question.pk), way="all")
    assert wishes_of(amina).stopped_at is not None
    assert level_of(amina, question) == "each"
    assert len(told(amina)) == 1


def test_the_digest_once_a_month_instead(amina, link, click):
    click(link(What.STOP_DIGEST), way="less")

    assert Wishes.objects.get(member=amina).rhythm == "monthly"


def undo_page(mail):
    return mail.text.split("/mail/stopped/")[1].split("/")[0]


def test_undo_puts_back_what_was_within_a_day(amina, question, link, click):
    watch = Watch.objects.create(member=amina, kind="help", level=Level.DIGEST)
    click(link(What.STOP_DIGEST))
    (mail,) = told(amina)
    page = reverse("alerts:unstop", args=[undo_page(mail)])

    assert Client().get(page).status_code == 200
    watch.refresh_from_db()
    assert watch.level == "off", "looking changes nothing"

    assert click(page, address="femi@example.org").status_code == 422
    watch.refresh_from_db()
    assert watch.level == "off", "a copy that was passed on changes nothing"

    done = click(page, address=amina.email)
    again = click(page, address=amina.email)

    watch.refresh_from_db()
    assert (done.status_code, again.status_code, watch.level) == (200, 410, "digest")


@pytest.mark.parametrize("way", ["stop", "less"])
def test_undo_after_a_follow_was_stopped_leaves_what_was_chosen_since(
    amina, question, link, click, way
):
    click(link(What.STOP_FOLLOW, question.pk), way=way)
    (mail,) = told(amina)
    page = reverse("alerts:unstop", args=[undo_page(mail)])

    click(page, address=amina.email)

    assert level_of(amina, question) == "each"


def test_undo_comes_too_late_after_two_days(amina, question, link, click):
    click(link(What.STOP_FOLLOW, question.pk))
    (mail,) = told(amina)
    page = reverse("alerts:unstop", args=[undo_page(mail)])

    with time_machine.travel(now() + timedelta(days=2, minutes=1)):
        assert click(page, address=amina.email).status_code == 410
    assert level_of(amina, question) == "off"


def arrived(member, token, words="", trust="pass", sender=True):
    mail = IncomingMail.objects.create(arrival=f"a{IncomingMail.objects.count()}", sha256="x")
    return Arrived(
        mail_id=mail.pk,
        opened=Opened(words=words, from_address=member.email),
        sender=Sender(member.pk, member.email, "en") if sender else None,
        trust=trust,
        received_at=now(),
        token=token,
    )


def test_a_mail_of_the_owner_to_the_stop_address_stops(amina, question):
    token = Token(What.STOP_FOLLOW, amina.pk, question.pk, None)

    outcome = telling.stop_by_mail(arrived(amina, token, "whatever"))

    assert (outcome.state, outcome.code) == ("done", "stopped")
    assert level_of(amina, question) == "off"
    assert len(told(amina)) == 1


def test_from_anybody_else_it_changes_nothing_and_is_not_answered(amina, chen, question):
    token = Token(What.STOP_FOLLOW, amina.pk, question.pk, None)

    outcomes = [
        telling.stop_by_mail(arrived(chen, token)),
        telling.stop_by_mail(arrived(chen, token, sender=False)),
        telling.stop_by_mail(arrived(amina, token, trust="fail")),
    ]

    assert {outcome.state for outcome in outcomes} == {"ignored"}
    assert level_of(amina, question) == "each"
    assert told(amina) == told(chen) == []


def test_the_owner_answers_undo(amina, question, link, click):
    click(link(What.STOP_FOLLOW, question.pk))
    (mail,) = told(amina)
    token = tokens.read(mail.headers["Reply-To"].strip("<>").partition("+")[2].partition("@")[0])

    kept = telling.put_back_by_mail(arrived(amina, token, "Why did this come?"))
    outcome = telling.put_back_by_mail(arrived(amina, token, "Undo"))

    assert (kept.state, outcome.code) == ("kept", "stop-undone")
    assert level_of(amina, question) == "each"


def test_a_complaint_stops_everything_and_writes_nothing(amina):
    record(
        "address.unwanted",
        subject_type="standing",
        subject_id=1,
        detail={"person": amina.pk},
        public=False,
    )

    assert told(amina) == []
    assert wishes_of(amina).stopped_at is not None
    assert Event.objects.filter(kind="member.stopped_mail").count() == 1

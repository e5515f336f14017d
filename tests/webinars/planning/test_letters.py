"""Letters of planning, and letters of others that tell of a webinar. Run by pytest."""

import pytest
from django.urls import reverse

from exchange.alerts.telling import letters as alerts
from exchange.contributions import kinds
from exchange.contributions.actions import withdraw
from exchange.contributions.cards import cards
from exchange.contributions.models import Contribution
from exchange.contributions.sealing import seal
from exchange.mail import looking
from exchange.mail.models import OutgoingMail
from exchange.webinars.models import Presenter, TeamMember
from exchange.webinars.planning import team
from tests.webinars.conftest import planned


@pytest.fixture
def asked(webinar, beatriz, amina):
    return team.ask_presenter(webinar=webinar, name="Amina", member=amina, by=beatriz)


def letter(about):
    return OutgoingMail.objects.get(key__contains=about)


def test_a_presenter_gets_their_own_page_and_nobody_elses(asked, amina, webinar):
    mail = letter(f":presenter:{asked.pk}:ask")

    assert mail.to_address == amina.email
    assert reverse("webinars:presenter", args=[asked.key]) in mail.text
    assert webinar.title in mail.text
    assert "Nairobi" in mail.text
    assert looking.why_not(mail) == ""


def test_who_has_declined_is_not_written_to(asked):
    mail = letter(f":presenter:{asked.pk}:ask")
    team.answer_presenter(presenter=asked, agrees=False)

    assert OutgoingMail.objects.get(pk=mail.pk).state == "dropped"
    assert looking.why_not(mail) == "not-asked"


def test_letters_stop_with_the_webinar(asked, webinar, beatriz, amina):
    team.set_task(webinar=webinar, member=amina, task="helper", has_it=True, by=beatriz)
    seal(contribution=webinar)

    mails = OutgoingMail.objects.filter(purpose="webinar-team")
    assert mails.count() == 2
    assert not mails.filter(state="queued").exists()
    assert {looking.why_not(mail) for mail in mails} == {"not-asked"}


def test_a_task_is_told_once_and_not_after_it_was_taken_away(webinar, beatriz, amina):
    for _twice in range(2):
        team.set_task(webinar=webinar, member=amina, task="helper", has_it=True, by=beatriz)
    mail = letter(":task:")
    assert looking.why_not(mail) == ""

    team.set_task(webinar=webinar, member=amina, task="helper", has_it=False, by=beatriz)

    assert not TeamMember.objects.exists()
    assert looking.why_not(mail) == "not-asked"


def test_the_host_hears_that_a_presenter_left_once(asked, beatriz):
    team.answer_presenter(presenter=asked, agrees=True)
    team.answer_presenter(presenter=asked, agrees=False)
    team.answer_presenter(presenter=asked, agrees=False)

    assert Presenter.objects.get().answer == Presenter.Answer.LEFT
    assert letter("-gone:").to_address == beatriz.email


def test_an_alert_says_when_it_is(webinar):
    row = Contribution.objects.get(pk=webinar.pk)

    told = alerts.new(row, why="you follow East Africa", stop="https://example.org/stop")

    assert "Nairobi" in told.text
    assert f"{webinar.starts_at.astimezone(webinar.place):%H:%M}" in told.text


def test_cards_of_many_ask_once_for_their_hours(beatriz, django_assert_num_queries):
    for number in range(5):
        planned(beatriz, title=f"Hour {number}")
    rows = list(Contribution.objects.filter(kind="webinar"))

    with django_assert_num_queries(1):
        made = cards(rows)

    assert all("Nairobi" in card.context[0].text for card in made)


def test_search_finds_it_by_its_hub(webinar):
    row = kinds.get("webinar").full(Contribution.objects.get(pk=webinar.pk))

    assert "East Africa" in kinds.get("webinar").search_text(row).keywords


def test_withdrawn_words_leave_letters(asked, webinar, beatriz):
    withdraw(contribution=webinar, by=beatriz)

    assert not OutgoingMail.objects.filter(state="queued", text__contains=webinar.title).exists()

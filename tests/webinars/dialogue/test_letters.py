"""Who asked by mail hears by mail what became of it, once, and nobody else does.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.core import reportable
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.webinars.dialogue import actions
from exchange.webinars.dialogue.letters import PURPOSE
from exchange.webinars.models import Phase, Webinar
from tests.webinars.conftest import seated
from tests.webinars.dialogue.conftest import HELPER, WORDS

pytestmark = pytest.mark.django_db


def letters() -> list[OutgoingMail]:
    worker.run_until_idle()
    return list(OutgoingMail.objects.filter(purpose=PURPOSE).order_by("pk"))


def test_who_asked_by_mail_reads_why_it_was_not_taken_up(live, guest, asks, helper):
    row = asks(live, guest, via="mail")

    actions.decline(asked=row, by=helper, roles=HELPER, note="Next month we speak of this.")

    (letter,) = letters()
    assert letter.to_address == "guest@example.org"
    assert "Next month we speak of this." in letter.text
    assert WORDS in letter.text


def test_the_gist_of_the_answer_goes_once(live, guest, asks, helper):
    row = actions.show(asked=asks(live, guest, via="mail"), by=helper, roles=HELPER)
    assert letters() == []

    for gist in ("Begin with tea.", "Begin with tea, and time."):
        actions.answer(asked=row, by=helper, roles=HELPER, gist=gist)

    (letter,) = letters()
    assert "Begin with tea, and time." in letter.text


def test_who_asked_in_the_hour_gets_no_letter(live, guest, asks, helper):
    actions.decline(asked=asks(live, guest), by=helper, roles=HELPER, note="Another time.")

    assert letters() == []


def test_a_letter_about_what_is_sealed_or_withdrawn_never_leaves(live, guest, asks, helper):
    row = actions.show(asked=asks(live, guest, via="mail"), by=helper, roles=HELPER)
    actions.answer(asked=row, by=helper, roles=HELPER, gist="Begin with tea.")
    place = reportable.place("asked")
    assert place is not None

    place.seal(row.pk)

    assert [(one.state, one.text) for one in letters()] == []


def test_the_page_of_a_webinar_shows_its_wall_with_a_way_to_report(live, shown, visitor):
    page = visitor.get(live.get_absolute_url()).content.decode()

    assert WORDS in page
    assert f"/report/asked/{shown.pk}/" in page
    assert f"/webinars/{live.pk}/live/questions/" in page


def test_ones_own_question_stands_there_for_oneself_alone(
    live, seat, amina, signed_in, visitor, asked, django_assert_max_num_queries
):
    client = signed_in(Client(), amina)
    assert WORDS in client.get(live.get_absolute_url()).content.decode()
    assert WORDS not in visitor.get(live.get_absolute_url()).content.decode()
    with django_assert_max_num_queries(12):
        client.get(live.get_absolute_url())


def test_what_leaves_the_wall_leaves_the_page_at_once(
    live, shown, helper, visitor, django_capture_on_commit_callbacks
):
    assert WORDS in visitor.get(live.get_absolute_url()).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        actions.hide(asked=shown, by=helper, roles=HELPER)

    assert WORDS not in visitor.get(live.get_absolute_url()).content.decode()


def test_before_the_hour_the_page_leads_to_the_form(webinar, amina, signed_in):
    seated(webinar, amina)
    client = signed_in(Client(), amina)
    way = f"/webinars/{webinar.pk}/live/questions/"
    assert way in client.get(webinar.get_absolute_url()).content.decode()
    back = webinar.get_absolute_url()

    sent = client.post(way, {"text": WORDS, "back": back}, follow=True)

    assert sent.redirect_chain[-1][0] == back
    assert WORDS in sent.content.decode()


def test_a_cancelled_hour_takes_no_questions(webinar, visitor):
    Webinar.objects.filter(pk=webinar.pk).update(phase=Phase.CANCELLED)

    page = visitor.get(Webinar.objects.get(pk=webinar.pk).get_absolute_url()).content.decode()

    assert "Ask the presenters" not in page


def test_the_team_finds_what_waits_also_after_the_hour(live, helper, signed_in, visitor):
    Webinar.objects.filter(pk=live.pk).update(phase=Phase.OVER, ended_at=live.starts_at)
    way = f"/webinars/{live.pk}/live/helper/"

    assert way in signed_in(Client(), helper).get(live.get_absolute_url()).content.decode()
    assert way not in visitor.get(live.get_absolute_url()).content.decode()

"""Getting the newsletter with nothing but an inbox.
Run by pytest alone."""

import pytest

from exchange.briefings.models import Subscriber
from exchange.briefings.subscribing import actions
from exchange.ledger import worker
from exchange.mail import tokens
from exchange.mail.tokens import What
from tests.briefings.subscribing.conftest import GUEST
from tests.bymail import DISOWNED

pytestmark = pytest.mark.django_db
UNPROVEN = {"Authentication-Results": "mx.exchange.example; dmarc=none"}


@pytest.mark.parametrize(
    ("word", "stop", "language"),
    [
        ("Newsletter", "stop newsletter", "en"),
        ("Infolettre", "arrêter infolettre", "fr"),
        ("Jarida", "acha jarida", "sw"),
        ("النشرة", "إيقاف النشرة", "ar"),
        ("Boletín", "parar boletín", "es"),
        ("Boletim", "parar boletim", "pt"),
    ],
)
def test_one_word_of_a_proven_sender_is_enough_and_one_stops_it(post, word, stop, language):
    guest = post(GUEST)

    assert guest.write("exchange", word).outcome == "newsletter-taken"
    row = Subscriber.objects.get()
    assert (row.state, row.address, row.language) == ("confirmed", GUEST, language)
    assert guest.newest().language == language

    assert guest.write("exchange", stop).outcome == "newsletter-stopped"
    assert Subscriber.objects.get().state == "stopped"


def test_a_mail_that_proves_nothing_is_asked_and_a_forged_one_left(post):
    guest = post(GUEST, headers=UNPROVEN)

    assert guest.write("exchange", "newsletter").outcome == "newsletter-asked"
    assert Subscriber.objects.get().state == "asked"
    assert guest.answer("Perhaps").outcome == "newsletter-no-yes"
    assert Subscriber.objects.get().state == "asked"
    assert guest.answer("yes please").outcome == "newsletter-taken"
    assert Subscriber.objects.get().state == "confirmed"

    forged = post("victim@example.org", headers=DISOWNED)
    forged.write("exchange", "newsletter")
    assert Subscriber.objects.count() == 1


def test_somebody_who_writes_in_anothers_name_stops_nothing_of_theirs(post):
    guest, forger = post(GUEST), post(GUEST, headers=UNPROVEN)
    guest.write("exchange", "newsletter")

    assert forger.write("exchange", "stop newsletter").outcome == "newsletter-stop-asked"
    assert Subscriber.objects.get().state == "confirmed"
    assert "/newsletters/stop/" in guest.newest().text
    assert guest.write("exchange", "stop newsletter").outcome == "newsletter-stopped"


def test_the_letter_that_asks_is_answered_with_yes_or_no_by_its_owner_alone(post):
    guest, other = post(GUEST), post("other@example.net")
    actions.ask(address=GUEST, language="en")
    other.write("exchange", "help")
    letter = _letter_to(guest)

    assert other.answer("yes", letter=letter).outcome == "newsletter-of-another"
    assert guest.answer("no", letter=letter).outcome == "newsletter-refused"
    assert Subscriber.objects.count() == 0


def test_an_answer_to_a_newsletter_reaches_the_hosts_and_stop_stops_it(post):
    guest = post(GUEST)
    guest.write("exchange", "newsletter")
    row = Subscriber.objects.get()
    to = tokens.address(What.NEWS_ANSWER, item=row.pk, days=180)

    wrote = guest.write(to, "Thank you. How can I take part in the next meeting?")
    assert (wrote.state, wrote.outcome) == ("kept", "newsletter-answer")
    assert guest.write(to, "STOP").outcome == "newsletter-stopped"
    assert Subscriber.objects.get().state == "stopped"


def test_a_mail_to_the_address_of_the_header_stops_whatever_it_says(post):
    guest = post(GUEST)
    guest.write("exchange", "newsletter")
    to = tokens.address(What.NEWS_STOP, item=Subscriber.objects.get().pk)

    assert post("other@example.net").write(to, "stop").outcome == "stop-not-the-owner"
    assert guest.write(to, "").outcome == "newsletter-stopped"


def test_a_member_takes_it_by_one_word_for_their_account(post, amina):
    mine = post(amina.email)

    assert mine.write("exchange", "newsletter").outcome == "newsletter-taken"

    row = Subscriber.objects.get()
    assert (row.member, row.address, row.state) == (amina, "", "confirmed")


def _letter_to(guest):
    worker.run_until_idle()
    return guest.newest()

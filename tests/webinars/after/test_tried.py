"""A month later: asked once, answered by mail or on a page, read by a gate and a host, shown.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from exchange.contributions import sealing
from exchange.contributions.errors import NotAllowed, Noticed
from exchange.core import reportable
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.webinars.after import tried, tried_asking
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Phase, Seat, Tried, Webinar
from exchange.webinars.templatetags.reading import mark_of
from tests import bymail
from tests.library.conftest import shelved
from tests.webinars.conftest import seated

pytestmark = pytest.mark.django_db
WORDS = "We sat with the fathers at dusk, and four came again."
TELLING = "Write to little Joseph at joseph@example.org, he is 9 and lives in Kariobangi."


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.SMTP_URL = ""


@pytest.fixture
def guest(over):
    return seated(over, email="guest@example.org", language="en", country="TZ")


@pytest.fixture
def mine(over, amina):
    return Seat.objects.get(webinar=over, member=amina)


@pytest.fixture
def later():
    """A month and a day after."""
    with time_machine.travel(now() + timedelta(days=31)):
        yield


def asked():
    return OutgoingMail.objects.filter(purpose=tried_asking.PURPOSE).order_by("pk")


def page_of(seat):
    return reverse("webinars:tried", args=[seat.key])


def test_everybody_who_had_a_place_is_asked_once(over, guest, mine, chen, later):
    seated(over, chen, state=Seat.State.GIVEN_UP)

    tried_asking.ask_due(at=now())
    tried_asking.ask_due(at=now() + timedelta(days=1))
    worker.run_until_idle()

    assert {mail.to_address for mail in asked()} == {guest.email, mine.member.email}
    assert asked().count() == 2
    assert all("Reply-To" in mail.headers for mail in asked())
    assert all(over.title not in mail.subject for mail in asked())
    assert set(asked().values_list("state", flat=True)) == {"sent"}


def test_nobody_is_asked_too_early_too_late_or_after_they_said_it(over, guest, mine):
    assert tried_asking.ask_due(at=now() + timedelta(days=28)) == 0
    assert tried_asking.ask_due(at=now() + timedelta(days=60)) == 0
    tried.say(seat=guest, what="not-yet")
    Seat.objects.filter(pk=mine.pk).update(no_reminders_at=now())

    assert tried_asking.ask_due(at=now() + timedelta(days=31)) == 0


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CANCELLED])
def test_only_of_hours_that_took_place(over, guest, phase, later):
    Webinar.objects.filter(pk=over.pk).update(phase=phase)

    assert tried_asking.ask_due(at=now()) == 0
    with pytest.raises(NotNow):
        tried.say(seat=guest, what="tried", words=WORDS)


def test_the_last_look(over, guest, later):
    tried_asking.ask_due(at=now())
    mail = asked().get(to_address=guest.email)
    assert tried_asking.why_not(mail) == ""
    Seat.objects.filter(pk=guest.pk).update(state=Seat.State.GIVEN_UP)
    assert tried_asking.why_not(mail) == "not-wanted"
    sealing.seal(contribution=over)
    assert tried_asking.why_not(mail) == "not-visible"


def test_a_members_words_are_out_and_a_guests_wait(over, guest, mine, visitor):
    tried.say(seat=mine, what="tried", words="We made tea first.")
    tried.say(seat=guest, what="adapted", words=WORDS)

    shown = visitor.get(over.get_absolute_url()).content.decode()

    assert "We made tea first." in shown
    assert WORDS not in shown
    assert [row.words for row in tried.waiting(over)] == [WORDS]


def test_a_host_lets_a_guests_words_out_once(over, guest, beatriz, amina, visitor):
    row = tried.say(seat=guest, what="tried", words=WORDS)
    with pytest.raises(NotAllowed):
        tried.let_out(tried=row, by=amina)

    tried.let_out(tried=row, by=beatriz)

    shown = visitor.get(over.get_absolute_url()).content.decode()
    assert WORDS in shown
    assert "Tanzania" in shown
    for hidden in (guest.email, guest.key):
        assert hidden not in shown
    with pytest.raises(AlreadyDone):
        tried.let_out(tried=row, by=beatriz)


def test_a_host_puts_words_away_and_the_answer_still_counts(over, guest, beatriz, visitor):
    row = tried.say(seat=guest, what="tried", words=WORDS)
    tried.let_out(tried=row, by=beatriz)

    tried.put_away(tried=row, by=beatriz)

    assert WORDS not in visitor.get(over.get_absolute_url()).content.decode()
    assert Tried.objects.get().what == "tried"
    with pytest.raises(AlreadyDone):
        tried.put_away(tried=row, by=beatriz)


def test_words_pass_the_gates_first_and_one_may_insist(guest, mine):
    for seat in (guest, mine):
        with pytest.raises(Noticed):
            tried.say(seat=seat, what="tried", words=TELLING)
    assert not Tried.objects.exists()

    row = tried.say(seat=mine, what="tried", words=TELLING, insist=True)

    assert not row.is_out


def test_saying_it_anew_replaces_it_and_waits_again(guest, beatriz):
    row = tried.say(seat=guest, what="tried", words=WORDS)
    tried.let_out(tried=row, by=beatriz)

    again = tried.say(seat=guest, what="adapted", words="And now each week.")

    assert (again.pk, again.is_out) == (row.pk, False)
    assert Tried.objects.count() == 1


def test_what_is_taken_back_stands_nowhere(over, mine, visitor, signed_in, amina):
    tried.say(seat=mine, what="tried", words=WORDS)
    reader = signed_in(visitor, amina)
    assert WORDS in reader.get(over.get_absolute_url()).content.decode()

    reader.post(page_of(mine), {"act": "take-back"})

    assert WORDS not in reader.get(over.get_absolute_url()).content.decode()
    assert not Tried.objects.exists()


def test_the_page_takes_it_and_keeps_what_was_typed(guest, visitor):
    page = page_of(guest)
    missing = visitor.post(page, {"words": WORDS})
    assert missing.status_code == 422
    assert WORDS in missing.content.decode()
    assert visitor.post(page, {"what": "tried", "words": TELLING}).status_code == 422

    assert visitor.post(page, {"what": "tried", "words": WORDS}).status_code == 302

    again = visitor.get(page).content.decode()
    assert WORDS in again
    assert "A host reads it" in again


def test_a_reader_can_report_it_and_it_is_sealed(
    over, mine, beatriz, visitor, django_capture_on_commit_callbacks
):
    row = tried.say(seat=mine, what="tried", words=WORDS)
    here = reportable.place("tried")
    assert here.find(row.pk, None).text == WORDS
    page = reverse("safeguarding:report", args=["tried", row.pk])
    assert page in visitor.get(over.get_absolute_url()).content.decode()
    assert visitor.get(page).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        here.seal(row.pk)
        here.seal(row.pk)

    assert here.find(row.pk, None) is None
    assert here.look(row.pk).text == ""
    assert here.standing(row.pk).is_sealed
    assert WORDS not in visitor.get(over.get_absolute_url()).content.decode()
    assert not tried.waiting(over).exists()
    for act in (tried.let_out, tried.put_away):
        with pytest.raises(AlreadyDone):
            act(tried=row, by=beatriz)
    with pytest.raises(NotNow):
        tried.say(seat=mine, what="tried", words="Something else.")

    here.unseal(row.pk)
    assert [one.words for one in tried.waiting(over)] == [WORDS]
    tried.let_out(tried=row, by=beatriz)
    assert here.hold(row.pk)
    assert not here.hold(row.pk)
    assert here.standing(row.pk).is_held


def test_hosts_decide_on_their_page(over, guest, beatriz, amina, visitor, signed_in):
    row = tried.say(seat=guest, what="tried", words=WORDS)
    act = reverse("webinars-desk:after-tried", args=[over.pk, row.pk])
    assert signed_in(visitor, amina).post(act, {"act": "out"}).status_code == 404
    host = signed_in(visitor, beatriz)
    page = reverse("webinars-desk:after-answers", args=[over.pk])
    assert WORDS in host.get(page).content.decode()

    read = mark_of(WORDS)
    host.post(act, {"act": "out", "read": read})
    host.post(act, {"act": "out", "read": read})

    row.refresh_from_db()
    assert row.is_out


def test_a_members_use_and_words_go_to_the_record(over, mine, amina, beatriz):
    kept = shelved()
    Webinar.objects.filter(pk=over.pk).update(record=kept)

    row = tried.say(seat=mine, what="adapted", words=WORDS)

    assert row.words == ""
    use = kept.uses.get(by=amina)
    assert use.how == "adapted"


def test_the_page_of_a_webinar_stays_within_its_queries(
    over, guest, beatriz, visitor, django_assert_max_num_queries
):
    row = tried.say(seat=guest, what="tried", words=WORDS)
    tried.let_out(tried=row, by=beatriz)

    with django_assert_max_num_queries(8):
        visitor.get(over.get_absolute_url())


@pytest.fixture
def post(settings, tmp_path):
    bymail.settle_in(settings, tmp_path)
    return bymail.Post


def test_a_member_answers_the_letter(over, mine, post, amina, later):
    tried_asking.ask_due(at=now())
    theirs = post.of(amina)

    said = theirs.answer(WORDS, letter=theirs.letters()[-1])

    row = Tried.objects.get()
    assert said.outcome == "tried-said"
    assert (row.what, row.words, row.member, row.is_out) == ("tried", WORDS, amina, True)
    assert "Others can learn from it now" in theirs.newest().text


def test_a_guest_answers_the_letter_and_a_host_reads_it_first(over, guest, post, later):
    tried_asking.ask_due(at=now())
    theirs = post(guest.email)

    said = theirs.answer(WORDS, letter=theirs.letters()[-1])

    assert said.outcome == "tried-said"
    assert [row.words for row in tried.waiting(over)] == [WORDS]
    assert "A host reads it before others can" in theirs.newest().text


def test_no_is_an_answer_too(over, guest, post, later):
    tried_asking.ask_due(at=now())
    theirs = post(guest.email)

    theirs.answer("No", letter=theirs.letters()[-1])

    assert (Tried.objects.get().what, Tried.objects.get().words) == ("not-yet", "")


def test_a_gate_asks_by_mail_and_send_lets_a_host_read_it(over, mine, post, amina, later):
    tried_asking.ask_due(at=now())
    theirs = post.of(amina)

    assert theirs.answer(TELLING, letter=theirs.letters()[-1]).outcome == "tried-noticed"
    assert not Tried.objects.exists()
    assert theirs.answer("send").outcome == "tried-said"

    row = Tried.objects.get()
    assert "Kariobangi" in row.words
    assert not row.is_out


def test_somebody_elses_answer_to_a_letter_is_not_taken(over, guest, post, later):
    tried_asking.ask_due(at=now())
    letter = post(guest.email).letters()[-1]

    post("thief@example.org").answer(WORDS, letter=letter)

    assert not Tried.objects.exists()

"""A word in a mail: join, help, stop, pause, how often, follow, text, find, leave. Each through the
spool and the worker, as a real mail goes. Run by pytest alone."""

import re
from email.message import EmailMessage
from email.utils import make_msgid

import pytest

from exchange.alerts.models import Watch, Wishes
from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, State
from exchange.conversation.actions import answer, withdraw_reply
from exchange.conversation.models import Follow
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import IncomingMail, Mailbox, OutgoingMail
from exchange.mail.receiving.actions import take, take_in
from exchange.members import queries
from tests import cast
from tests.bymail import AUTHSERV, vouched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(db, settings, tmp_path):
    """The address for commands, and a spool of this test's own."""
    settings.MAIL_IN_DIR = tmp_path / "mail-in"
    settings.MAIL_DOMAIN = "exchange.example"
    settings.MAIL_AUTHSERV = AUTHSERV
    Mailbox.objects.create(local="hello", opens=Mailbox.Opens.DESK)
    Mailbox.objects.create(local="ask", opens=Mailbox.Opens.QUESTION)


def write(sender, words, *, to="hello@exchange.example", subject="(no subject)", reply_to=None):
    """Somebody writes; what became of it."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Authentication-Results"] = vouched(sender)["Authentication-Results"]
    message["Message-ID"] = make_msgid(domain="phone.example")
    if reply_to is not None:
        message["In-Reply-To"] = reply_to.message_id
        to = reply_to.headers.get("Reply-To", to).strip("<>")
    message.set_content(words)
    take(message.as_bytes(), via="smtp", envelope_from=sender, envelope_to=to)
    take_in()
    worker.run_until_idle()
    return IncomingMail.objects.latest("pk")


def newest(address):
    """The last mail to somebody."""
    return OutgoingMail.objects.filter(to_address=address).latest("pk")


def question(author, title="Who opens your meetings?", body="We take turns."):
    row = submit(kind="question", content=Content(title=title, body=body), author=author)
    worker.run_until_idle()
    return row


# --- joining ---


def test_a_stranger_joins_with_two_mails_and_no_page():
    write("zuri@phone.example", "Join")
    invitation = newest("zuri@phone.example")
    assert "\n\nCode of conduct\n\n" in invitation.text
    assert "**" not in invitation.text
    assert queries.by_address("zuri@phone.example") is None

    write("zuri@phone.example", "YES\nName: Mama Zuri", reply_to=invitation)

    zuri = queries.by_address("zuri@phone.example")
    assert zuri.display_name == "Mama Zuri"
    assert queries.not_yet_agreed(zuri) == []
    assert "Welcome, Mama Zuri" in newest("zuri@phone.example").text


def test_they_join_in_the_language_of_their_word():
    write("zuri@phone.example", "Jiunge")
    invitation = newest("zuri@phone.example")
    assert invitation.language == "sw"
    assert "NDIYO" in invitation.text

    write("zuri@phone.example", "Ndiyo", reply_to=invitation)

    assert queries.by_address("zuri@phone.example").first_language == "sw"


def test_without_a_yes_nobody_joins_and_they_are_asked_again():
    write("zuri@phone.example", "Join")
    write("zuri@phone.example", "What does it cost?", reply_to=newest("zuri@phone.example"))
    assert queries.by_address("zuri@phone.example") is None
    again = newest("zuri@phone.example")
    assert "YES" in again.text

    write("zuri@phone.example", "yes", reply_to=again)
    assert queries.by_address("zuri@phone.example") is not None


def test_nobody_joins_for_somebody_else():
    write("zuri@phone.example", "Join")
    invitation = newest("zuri@phone.example")

    kept = write("other@phone.example", "YES", reply_to=invitation)

    assert (kept.state, kept.outcome) == ("kept", "join-from-elsewhere")
    assert queries.by_address("other@phone.example") is None
    assert queries.by_address("zuri@phone.example") is None


def test_a_name_that_cannot_stand_keeps_nobody_out():
    write("zuri@phone.example", "Join")
    write("zuri@phone.example", "YES\nName: Admin", reply_to=newest("zuri@phone.example"))
    zuri = queries.by_address("zuri@phone.example")
    assert zuri.display_name == ""
    assert "cannot be shown" in newest("zuri@phone.example").text


def test_a_member_who_writes_join_is_told_so_kindly(amina):
    assert write(amina.email, "join").outcome == "joined-before"
    assert "member already" in newest(amina.email).text


# --- profile ---


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("name Bibi Rehema", "display_name", "Bibi Rehema"),
        ("country Uganda", "country", "UG"),
        ("pays Ouganda", "country", "UG"),
        ("country TZ", "country", "TZ"),
        ("language French", "languages", "fr en sw"),
        ("lugha Kiarabu", "languages", "ar en sw"),
    ],
)
def test_a_member_changes_how_they_are_shown(amina, said, field, value):
    assert write(amina.email, said).state == "done"
    amina.refresh_from_db()
    assert getattr(amina, field) == value


@pytest.mark.parametrize("said", ["country Atlantis", "name admin", "language Klingon"])
def test_what_cannot_be_taken_changes_nothing_and_is_said(amina, said):
    assert write(amina.email, said).state == "refused"
    amina.refresh_from_db()
    assert (amina.display_name, amina.country, amina.languages) == ("Amina", "KE", "en sw")
    assert "Nothing has changed" in newest(amina.email).text


# --- help, stop, pause, rhythm ---


def test_help_says_what_there_is_in_the_members_language(amina):
    amina.languages = "fr"
    amina.save(update_fields=["languages"])
    write(amina.email, "aide")
    told = newest(amina.email).text
    assert "ask@exchange.example" in told
    assert "TOUT ARRÊTER" in told


def test_stop_as_an_answer_ends_the_mails_about_that_alone(amina, beatriz):
    row, other = question(amina), question(amina, "How do you end?")
    answer(contribution=row, author=beatriz, body="The youngest.", language="en")
    worker.run_until_idle()
    alert = newest(amina.email)

    assert write(amina.email, "Stop", reply_to=alert).outcome == "stopped"

    assert Follow.objects.get(member=amina, contribution=row).level == "off"
    assert Follow.objects.get(member=amina, contribution=other).level == "each"


def test_stop_to_the_desk_ends_all_and_start_begins_again(amina):
    assert write(amina.email, "stop").outcome == "stopped-all"
    assert Wishes.objects.get(member=amina).stopped_at is not None

    assert write(amina.email, "start").outcome == "started"
    assert Wishes.objects.get(member=amina).stopped_at is None


def test_a_pause_ends_by_itself(amina):
    assert write(amina.email, "pause 2 weeks").outcome == "paused"
    until = Wishes.objects.get(member=amina).paused_until
    assert 13 <= (until - now()).days <= 14


@pytest.mark.parametrize("word", ["daily", "Kila wiki", "mensuel"])
def test_the_digest_comes_as_often_as_they_say(amina, word):
    write(amina.email, word)
    wanted = {"daily": "daily", "Kila wiki": "weekly", "mensuel": "monthly"}[word]
    assert Wishes.objects.get(member=amina).rhythm == wanted


def test_a_stranger_stops_nobodys_mails(amina):
    write("zuri@phone.example", "stop all")
    assert not Wishes.objects.filter(member=amina).exclude(stopped_at=None).exists()


# --- following ---


@pytest.mark.parametrize(
    ("place", "kind", "value"),
    [
        ("Kenya", "country", "KE"),
        ("Afrique de l’Est", "hub", "east-africa"),
        ("UG", "country", "UG"),
    ],
)
def test_a_place_is_followed_by_its_name(amina, place, kind, value):
    assert write(amina.email, f"follow {place}").outcome == "followed"
    watch = Watch.objects.get(member=amina)
    assert (watch.kind, watch.value, watch.level) == (kind, value, "digest")

    assert write(amina.email, f"unfollow {place}").outcome == "unfollowed"
    assert Watch.objects.get(member=amina).level == "off"


def test_a_place_nobody_knows_is_said(amina):
    assert write(amina.email, "follow Atlantis").outcome == "follow-unknown"
    assert not Watch.objects.exists()


def test_a_question_is_followed_by_its_number(amina, beatriz):
    row = question(beatriz)
    assert write(amina.email, f"follow {row.pk}").outcome == "followed"
    assert Follow.objects.get(member=amina, contribution=row).level == "each"


def test_the_list_says_what_is_followed(amina):
    row = question(amina)
    write(amina.email, "follow Kenya")
    write(amina.email, "list")
    told = newest(amina.email).text
    assert "Kenya" in told
    assert row.title in told


# --- texts and finding ---


def test_a_text_comes_with_its_answers_and_can_be_answered(amina, beatriz):
    row = question(beatriz)
    answer(contribution=row, author=amina, body="The youngest opens.", language="en")
    worker.run_until_idle()

    assert write(amina.email, f"text {row.pk}").outcome == "text-sent"

    mail = newest(amina.email)
    for words in (row.title, "We take turns.", "The youngest opens."):
        assert words in mail.text
    assert re.match(r"<?reply\+\w+@exchange\.example>?", mail.headers["Reply-To"])


def test_an_experience_comes_with_its_parts_in_plain_text(amina, beatriz):
    parts = {"faced": "A flood.", "did": "We moved uphill."}
    content = Content(title="How the water came", body="", parts=parts)
    row = submit(kind="experience", content=content, author=beatriz)
    worker.run_until_idle()

    write(amina.email, f"text {row.pk}")

    text = newest(amina.email).text
    assert "What we faced:\n\nA flood.\n\nWhat we did:\n\nWe moved uphill." in text
    assert "#" not in text


def test_what_is_withdrawn_is_not_sent_and_no_word_of_it_stays(amina, beatriz):
    row = question(beatriz)
    reply = answer(contribution=row, author=amina, body="The youngest opens.", language="en")
    worker.run_until_idle()
    write(amina.email, f"text {row.pk}")
    mail = newest(amina.email)

    withdraw_reply(reply=reply, by=amina)
    worker.run_until_idle()
    mail.refresh_from_db()
    assert mail.text == ""

    withdraw(contribution=row, by=beatriz)
    assert write(amina.email, f"text {row.pk}").outcome == "text-unknown"


def test_what_waits_for_a_host_is_sent_to_nobody_else(amina, chen):
    row = question(chen)
    assert Contribution.objects.get(pk=row.pk).state == State.WAITING
    assert write(amina.email, f"text {row.pk}").outcome == "text-unknown"


def test_words_are_looked_for_and_found_with_their_numbers(amina, beatriz):
    row = question(beatriz, "Home visits in the rainy season")
    assert write(amina.email, "find home visits").outcome == "found-sent"
    mail = newest(amina.email)
    assert row.title in mail.text
    assert f"TEXT {row.pk}" in mail.text

    withdraw(contribution=row, by=beatriz)
    worker.run_until_idle()
    mail.refresh_from_db()
    assert mail.text == ""
    assert write(amina.email, "find home visits").outcome == "found-nothing"


# --- leaving ---


def test_somebody_leaves_with_two_mails_and_their_words_stay_unnamed(amina):
    row = question(amina)
    write(amina.email, "leave")
    sure = newest("amina@example.org")
    assert queries.by_address("amina@example.org") is not None

    assert write("amina@example.org", "yes", reply_to=sure).outcome == "left"

    row.refresh_from_db()
    assert queries.by_address("amina@example.org") is None
    assert (row.state, row.author_id) == (State.PUBLISHED, None)
    assert "closed" in newest("amina@example.org").text


def test_or_they_take_their_words_with_them(amina):
    row = question(amina)
    write(amina.email, "leave")
    write("amina@example.org", "undo", reply_to=newest("amina@example.org"))
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN


def test_nobody_closes_somebody_elses_account(amina):
    femi = cast.person("Femi", welcomed_at=now())
    write(amina.email, "leave")
    sure = newest(amina.email)

    assert write(femi.email, "yes", reply_to=sure).outcome == "leave-not-sure-who"

    assert queries.by_address(amina.email) is not None
    assert queries.by_address(femi.email) is not None


def test_a_host_is_asked_to_hand_over_first(beatriz):
    assert write(beatriz.email, "leave").outcome == "leave-of-a-host"
    assert queries.by_address(beatriz.email) is not None

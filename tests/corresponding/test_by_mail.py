"""Private messages for those who live in their inbox: told, answered, stopped, never twice.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from exchange.alerts.wishing import actions as wishing
from exchange.core.time import now
from exchange.corresponding import telling
from exchange.corresponding.actions import answering, writing
from exchange.corresponding.models import Choice, Message
from exchange.ledger import worker
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.receiving import keeping
from exchange.mail.tokens import What, make
from exchange.members.models import Member
from tests.bymail import DISOWNED, Post
from tests.corresponding.conftest import HELLO

pytestmark = pytest.mark.django_db
TEA = "We began with tea, every Thursday."


@pytest.fixture
def told(asked, femi, django_capture_on_commit_callbacks) -> OutgoingMail:
    """The letter with Amina's request to Femi."""
    worker.run_until_idle()
    return Post.of(femi).newest()


def test_the_letter_says_who_and_what_and_how_to_answer(told, amina, femi):
    assert told.subject == "Amina would like to write with you"
    assert HELLO in told.text
    assert "Case worker" in told.text
    assert "Kenya" in told.text
    assert amina.email not in told.text + told.html + str(told.headers)
    assert told.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told.shown_from == "Amina"
    assert told.state == "sent"


def test_an_answer_by_mail_says_yes_and_goes_on(told, asked, amina, femi):
    came = Post.of(femi).answer(TEA)

    asked.refresh_from_db()
    assert (came.state, came.outcome) == ("done", "message-sent")
    assert asked.state == "open"
    to_amina = Post.of(amina).newest()
    assert to_amina.subject == "Femi wrote to you"
    assert TEA in to_amina.text
    assert femi.email not in to_amina.text + str(to_amina.headers)
    assert "has gone to Amina" in Post.of(femi).newest().subject
    # What two people write to each other stands in no row that hosts look at.
    assert IncomingMail.objects.get(pk=came.pk).words == ""


def test_a_mail_taken_up_twice_is_one_message(told, asked, femi):
    mail = Post.of(femi).answer(TEA)

    again = writing.write(by=femi, to=asked.asker, text=TEA, once_key=f"mail-{mail.pk}", via="mail")

    assert again.pk == mail.made_id
    assert Message.objects.filter(text=TEA).count() == 1


def test_taken_back_no_letter_and_no_file_holds_it(told, asked, amina, femi, chen):
    mail = Post.of(femi).answer(TEA)
    other = Post.of(chen).write("exchange", "What is this place?")
    assert keeping.raw_of(mail.arrival)

    writing.take_back(message=Message.objects.get(text=TEA), by=femi)

    assert not OutgoingMail.objects.filter(text__contains=TEA).exists()
    assert keeping.raw_of(mail.arrival) is None
    assert keeping.raw_of(other.arrival)


@pytest.mark.parametrize(("word", "state"), [("yes", "open"), ("no", "left")])
def test_yes_and_no_alone_are_understood(told, asked, femi, word, state):
    Post.of(femi).answer(word)

    asked.refresh_from_db()
    assert asked.state == state
    assert Message.objects.count() == 1


def test_stop_as_an_answer_and_at_one_click(told, asked, amina, femi, visitor):
    Post.of(femi).answer("STOP")
    assert not Choice.objects.get(member=femi).by_mail
    answering.choose(member=femi, by_mail=True)

    link = told.headers["List-Unsubscribe"].split(">")[0].lstrip("<")
    path = link.split("//")[1].partition("/")[2]
    assert visitor.get(f"/{path}").status_code == 200
    assert Choice.objects.get(member=femi).by_mail
    visitor.post(f"/{path}", {"List-Unsubscribe": "One-Click"})

    assert not Choice.objects.get(member=femi).by_mail
    answering.accept(row=asked, by=femi)
    writing.write(by=amina, to=femi, text="Are you there?")
    worker.run_until_idle()
    assert not [one for one in Post.of(femi).letters() if "Are you there?" in one.text]


def test_the_link_in_the_text_asks_for_the_address(told, femi, amina, visitor):
    path = "/messages/stop/" + told.text.split("/messages/stop/")[1].split()[0]

    refused = visitor.post(path, {"address": amina.email})
    assert refused.status_code == 422
    assert not Choice.objects.filter(by_mail=False).exists()
    assert visitor.post(path, {"address": femi.email}).status_code == 200
    assert not Choice.objects.get(member=femi).by_mail
    assert visitor.get("/messages/stop/nonsense/").status_code == 404
    other = make(What.STOP_ALL, person=femi.pk)
    assert visitor.get(f"/messages/stop/{other}/").status_code == 404


def test_words_that_point_to_a_child_come_back_to_their_writer(told, amina, femi):
    words = "Akinyi, a girl of 9 years from Kilimo village, is beaten at home by her uncle."

    came = Post.of(femi).answer(words)

    assert came.outcome == "message-noticed"
    back = Post.of(femi).newest()
    assert "has not gone out yet" in back.subject
    assert words in back.text
    assert not Message.objects.filter(writer=femi).exists()
    Post.of(femi).answer("A girl I work with comes to my mind.", letter=back)
    assert Message.objects.filter(writer=femi).exists()


def test_from_another_address_or_disowned_nothing_goes_on(told, amina, femi, chen):
    Post.of(chen).answer(TEA, letter=told)
    Post("somebody@elsewhere.example").answer(TEA, letter=told)
    Post.of(femi).answer(TEA, letter=told, headers=DISOWNED)

    assert Message.objects.count() == 1
    assert TEA not in Post.of(femi).newest().text
    assert not IncomingMail.objects.exclude(words="").exists()
    assert not IncomingMail.objects.filter(state="kept").exists()


def test_neutral_subjects_teasers_and_notices(amina, femi, talk):
    long = "We met every week under the tree and spoke about it. " * 20
    wishing.set_wishes(member=femi, content="teaser")
    writing.write(by=amina, to=femi, text=long)
    worker.run_until_idle()
    letter = Post.of(femi).newest()
    assert "We met every week" in letter.text
    assert len(letter.text) < len(long)
    OutgoingMail.objects.all().delete()

    wishing.set_wishes(member=femi, content="notice")
    Member.objects.filter(pk=femi.pk).update(neutral_subjects=True)
    writing.write(by=amina, to=femi, text="And then?")
    worker.run_until_idle()

    letter = Post.of(femi).newest()
    assert letter.subject == "A message for you"
    assert "And then?" not in letter.text + letter.html
    assert "Amina" not in letter.text + letter.shown_from


def test_stopped_paused_and_quiet(amina, femi, talk):
    wishing.pause(member=femi, until=now() + timedelta(days=3))
    writing.write(by=amina, to=femi, text="First.")
    worker.run_until_idle()
    assert Post.of(femi).letters() == []

    wishing.stop_all(member=femi)
    writing.write(by=amina, to=femi, text="Second.")
    worker.run_until_idle()
    assert Post.of(femi).letters() == []


def test_what_comes_shortly_after_goes_together(amina, femi, talk):
    for words in ("First.", "Second.", "Third."):
        writing.write(by=amina, to=femi, text=words)
    worker.run_until_idle()
    assert len(Post.of(femi).letters()) == 1

    writing.write(by=amina, to=femi, text="Fourth.")
    writing.write(by=amina, to=femi, text="Fifth.")
    worker.run_until_idle()
    assert len(Post.of(femi).letters()) == 1
    OutgoingMail.objects.update(created_at=now() - timedelta(minutes=11))
    telling._write(talk.pk, femi)

    both = Post.of(femi).newest().text
    assert "Fourth." in both
    assert "Fifth." in both
    assert "Third." not in both


@pytest.mark.parametrize("what", ["block", "leave", "see", "seal", "take-back", "gone"])
def test_the_last_look_before_it_goes(amina, femi, talk, what):
    said = writing.write(by=amina, to=femi, text="Something.")
    telling._write(talk.pk, femi)
    mail = Post.of(femi).newest()
    assert telling.still_goes(mail) == ""
    talk.refresh_from_db()

    if what == "block":
        answering.block(whom=amina, by=femi)
    elif what == "leave":
        answering.leave(row=talk, by=femi)
    elif what == "see":
        answering.see(row=talk, by=femi, upto=said.pk)
    elif what == "seal":
        Message.objects.filter(pk=said.pk).update(sealed_at=now())
    elif what == "take-back":
        writing.take_back(message=said, by=amina)
    else:
        Member.objects.filter(pk=amina.pk).update(is_active=False)

    assert telling.still_goes(mail) != ""


def test_in_the_language_of_whoever_reads(amina, femi, asked):
    Member.objects.filter(pk=femi.pk).update(languages="ar en")
    worker.run_until_idle()

    letter = Post.of(femi).newest()

    assert letter.language == "ar"
    with override("ar"):
        assert HELLO in letter.text

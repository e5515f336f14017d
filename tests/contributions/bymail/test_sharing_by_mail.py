"""Asking and sharing by mail, through the spool and the worker.
Read by pytest alone."""

from datetime import timedelta

import pytest
import time_machine

from exchange.contributions.models import Contribution, Draft, Experience, Notice, State
from exchange.core.time import now
from exchange.mail.models import IncomingMail, Mailbox
from exchange.members.models import Member
from tests.bymail import AUTHSERV, DISOWNED, File, Post

ASKED = "How do you begin with the elders?"
MORE = "We are four people in one district and nobody has paid us so far."
# The mail server before us found nobody who vouches for the sender.
UNPROVEN = {"Authentication-Results": f"{AUTHSERV}; dmarc=none header.from=example.org"}
RISKY = "Amani Wanjiru, aged 7, from Kibera told her aunt what happened on Monday."


def test_the_subject_is_the_question_and_the_mail_its_words(post: Post, amina: Member) -> None:
    incoming = post.write("ask", MORE, subject=ASKED)

    row = Contribution.objects.get()
    assert (row.kind, row.title, row.body) == ("question", ASKED, MORE)
    assert (row.state, row.origin, row.author) == (State.PUBLISHED, "mail", amina)
    assert (row.countries, row.language) == ("KE", "en")
    assert incoming.outcome == "question-published"
    receipt = post.newest()
    assert receipt.subject == "What you wrote is out"
    assert f"> {MORE}" in receipt.text
    assert row.get_absolute_url() in receipt.text


def test_it_is_published_in_the_language_it_is_written_in(zuri: Member) -> None:
    Post.of(zuri).write("ask", "Je, ni jinsi gani tunaweza kuanza na wazee wetu?")

    row = Contribution.objects.get()
    assert (row.language, row.countries) == ("sw", "UG")
    assert Post.of(zuri).newest().language == "sw"


def test_the_receipt_says_which_language_it_was_taken_for(post: Post) -> None:
    post.write(
        "ask", "Avec qui commencez-vous ?", subject="Comment parler avec les anciens du village ?"
    )

    row = Contribution.objects.get()
    assert row.language == "fr"
    assert "We took it to be written in French." in post.newest().text
    assert f"/contributions/{row.pk}/words/" in post.newest().text


def test_the_address_of_a_hub_gives_the_hub_and_no_country(post: Post) -> None:
    Mailbox.objects.create(local="eastafrica", opens="question", hub="east-africa")

    post.write("eastafrica", MORE, subject=ASKED)

    row = Contribution.objects.get()
    assert row.countries == ""
    assert list(row.context_terms.values_list("term_id", flat=True)) == ["region:east-africa"]


def test_an_experience_an_idea_and_a_discussion_come_as_what_they_are(post: Post) -> None:
    post.write("share", "We met under the tree every week.", subject="The tree")
    post.write("ideas", "What if we met under the tree?", subject="Trees")
    post.write("discuss", "Do trees help?", subject="On trees")

    assert Experience.objects.get().did == "We met under the tree every week."
    assert set(Contribution.objects.values_list("kind", flat=True)) == {
        "experience",
        "idea",
        "discussion",
    }


def test_a_notice_says_whose_it_is_or_is_asked(post: Post) -> None:
    post.write("notices", "Organisation: Lake Network\n\nA training in May.", subject="Training")
    assert Notice.objects.get().organisation == "Lake Network"

    incoming = post.write("notices", "A second training in June.", subject="Training again")
    assert incoming.outcome == "notice-whose-notice"
    post.answer("Lake Network")

    again = Notice.objects.get(title="Training again")
    assert (again.organisation, again.body) == ("Lake Network", "A second training in June.")


def test_a_newcomer_s_question_waits_and_the_fourth_of_a_day_is_kept(chen: Member) -> None:
    post = Post.of(chen)
    for number in range(4):
        incoming = post.write("ask", MORE, subject=f"{ASKED} {number}")

    assert Contribution.objects.filter(state=State.WAITING).count() == 3
    assert incoming.outcome == "question-too-many"
    assert "three a day" in post.newest().text
    assert Draft.objects.get(member=chen).answers["title"] == [f"{ASKED} 3"]


def test_what_could_point_to_a_child_comes_back_first_and_send_lets_a_host_read_it(
    post: Post, amina: Member
) -> None:
    post.write("ask", RISKY, subject="What would you do?")

    assert not Contribution.objects.exists()
    assert "name of a child" in post.newest().text
    assert Draft.objects.get(member=amina).answers["body"] == [RISKY]

    post.answer("Send it")

    row = Contribution.objects.get()
    assert (row.title, row.body, row.state) == ("What would you do?", RISKY, State.WAITING)
    assert not Draft.objects.exists()


def test_changed_words_after_that_keep_the_title_over_two_letters(post: Post) -> None:
    post.write("ask", RISKY, subject="What would you do?")
    post.answer(f"{RISKY} She is well.")
    incoming = post.answer("A girl of about seven told a relative what happened.")

    row = Contribution.objects.get()
    assert row.title == "What would you do?"
    assert row.body == "A girl of about seven told a relative what happened."
    assert incoming.outcome == "question-published"


def test_undo_and_a_correction_reach_a_question_too(post: Post) -> None:
    post.write("ask", MORE, subject=ASKED)
    post.answer(MORE.replace("four", "five"))

    row = Contribution.objects.get()
    assert "five people" in row.body
    assert row.title == ASKED

    post.answer("Undo")
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert not IncomingMail.objects.filter(words__contains="people").exists()


def test_a_title_that_was_the_first_sentence_is_corrected_with_it(post: Post) -> None:
    post.write("ask", "How do you beginn with elders? We are four people.")

    post.answer("How do you begin with elders? We are four people.")

    row = Contribution.objects.get()
    assert row.title == "How do you begin with elders?"


def test_the_part_of_an_experience_is_corrected_and_its_title_stays(post: Post) -> None:
    post.write("share", "We met under the tree every week.", subject="The tree")

    post.answer("We met under the big tree every week.")

    row = Experience.objects.get()
    assert (row.title, row.did) == ("The tree", "We met under the big tree every week.")


def test_the_whole_question_in_the_subject_is_a_question(post: Post) -> None:
    post.write("ask", "", subject=ASKED)

    row = Contribution.objects.get()
    assert (row.title, row.body) == (ASKED, "")


def test_a_mail_without_words_is_asked_for_them(post: Post) -> None:
    incoming = post.write("ask", "", subject="Hello")

    assert incoming.outcome == "question-empty"
    assert "Please answer with your words" in post.newest().text
    post.answer("How do you begin with elders?")
    assert Contribution.objects.get().title == "How do you begin with elders?"


def test_an_answer_that_lost_its_way_is_not_asked_anew_unless_its_writer_says_so(
    post: Post,
) -> None:
    strayed = {"In-Reply-To": "<somewhere@phone.example>"}

    incoming = post.write("ask", "With tea.", subject=f"Re: {ASKED}", headers=strayed)

    assert not Contribution.objects.exists()
    assert incoming.outcome == "question-looks-like-an-answer"
    post.answer("Send")
    assert Contribution.objects.get().title == ASKED


def test_words_disowned_by_their_domain_wait_for_a_yes(post: Post) -> None:
    post.write("ask", MORE, subject=ASKED, headers=DISOWNED)
    assert not Contribution.objects.exists()
    assert post.newest().subject == "Was this you?"

    post.answer("yes")

    assert (Contribution.objects.get().title, Contribution.objects.get().body) == (ASKED, MORE)


def test_who_is_paused_is_told_until_when_and_keeps_the_words(post: Post, amina: Member) -> None:
    Member.objects.filter(pk=amina.pk).update(paused_until=now() + timedelta(days=2))

    post.write("ask", MORE, subject=ASKED)

    assert not Contribution.objects.exists()
    assert "paused until" in post.newest().text
    assert Draft.objects.get().answers["body"] == [MORE]


def test_a_picture_is_never_shown_and_a_document_finds_its_place(post: Post) -> None:
    files = [
        File("house.jpg", "image/jpeg", b"\xff\xd8" + b"0" * 20_000),
        File("guide.pdf", "application/pdf", b"%PDF-1.4"),
        File("me.vcf", "text/vcard", b"BEGIN:VCARD"),
    ]

    post.write("ask", MORE, subject=ASKED, files=files)

    row = Contribution.objects.get()
    assert not row.pictures.exists()
    assert f"/contributions/{row.pk}/pictures/" in post.newest().text
    assert "/library/add/" in post.newest().text or "/library/" in post.newest().text


def test_a_calendar_or_a_card_alone_is_not_spoken_of(post: Post) -> None:
    files = [File("me.vcf", "text/vcard", b"BEGIN:VCARD")]

    post.write("ask", MORE, subject=ASKED, files=files)

    assert "Files do not stay" not in post.newest().text


@pytest.mark.parametrize("hours", [0, 3])
def test_a_mail_to_the_hosts_is_kept_for_them_and_says_so(post: Post, hours: int) -> None:
    with time_machine.travel(now() + timedelta(hours=hours), tick=True):
        incoming = post.write("exchange", "Can I change my name here?", subject="Name")

    assert (incoming.state, incoming.outcome) == ("kept", "to-the-desk")
    assert "The hosts will read it" in post.newest().text


def test_whose_notice_it_is_stays_known_when_a_host_must_read_it(post: Post) -> None:
    post.write("notices", RISKY, subject="Training")
    post.answer("Lake Network")
    assert "name of a child" in post.newest().text

    post.answer("Send")

    row = Notice.objects.get()
    assert (row.organisation, row.body, row.title) == ("Lake Network", RISKY, "Training")


def test_nobody_writes_as_somebody_else_with_an_address_alone(beatriz: Member) -> None:
    post = Post.of(beatriz)

    post.write("ask", MORE, subject=ASKED, headers=UNPROVEN)
    assert not Contribution.objects.exists()
    assert post.newest().subject == "Foi você?"
    post.answer("Sim", headers=UNPROVEN)

    assert Contribution.objects.get().state == State.PUBLISHED


def test_what_is_too_long_for_one_text_is_kept_whole_as_a_draft(post: Post, amina: Member) -> None:
    long = "We met under the tree. " * 1000

    incoming = post.write("ask", long, subject=ASKED)

    assert incoming.outcome == "question-too-long"
    assert Draft.objects.get(member=amina).answers["body"] == [long.strip()]

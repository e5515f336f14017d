"""For a phone that others look at: subjects that tell nothing, and a quick way out.
Run by pytest alone."""

from django.test import Client

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.conversation.actions import answer
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import dossier

LEAVE = "data-leave"


def test_a_member_chooses_and_can_choose_again(amina, signed_in):
    page = signed_in(Client(), amina)
    assert LEAVE not in page.get("/questions/").content.decode()

    page.post("/me/discretion/", {"quick_exit": "on", "neutral_subjects": "on"})

    amina.refresh_from_db()
    assert (amina.quick_exit, amina.neutral_subjects) == (True, True)
    assert page.get("/questions/").content.decode().count(LEAVE) == 1
    assert dossier.export(amina)["members"]["quick_exit"] is True

    page.post("/me/discretion/", {})

    amina.refresh_from_db()
    assert (amina.quick_exit, amina.neutral_subjects) == (False, False)
    assert LEAVE not in page.get("/questions/").content.decode()


def test_only_a_member_has_the_choice(visitor: Client, amina):
    asked = visitor.post("/me/discretion/", {"quick_exit": "on"})

    assert asked.status_code == 302
    assert "/sign-in/" in asked.url


def test_where_it_may_be_needed_everybody_finds_the_way_out(visitor: Client, db):
    for path in ("/help-now/", "/report/", "/report/received/"):
        assert visitor.get(path).content.decode().count(LEAVE) == 1, path


def test_subjects_tell_nothing_to_who_wishes_it(amina, beatriz):
    words = Content(title="Who opens your meetings?", body="We take turns.")
    question = submit(kind="question", content=words, author=amina)
    answer(contribution=question, author=beatriz, body="The youngest.", language="en")
    worker.run_until_idle()
    assert OutgoingMail.objects.get(to_address=amina.email).subject == "A new answer for you"
    OutgoingMail.objects.all().delete()
    amina.neutral_subjects = True
    amina.save()

    answer(contribution=question, author=beatriz, body="Or the eldest.", language="en")
    worker.run_until_idle()

    assert OutgoingMail.objects.get(to_address=amina.email).subject == "A message for you"

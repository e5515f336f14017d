"""Taking part without ever opening a browser: every word goes over a real SMTP conversation with the
door, every letter is read from a real mail server. Read by pytest alone."""

import pytest

from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Reply
from exchange.members.models import Member
from tests import cast
from tests.bymail_wire import Wire, Wired

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = "How do you begin with the elders?"
MORE = "We are four people in one district, and nobody has paid us so far."
ANSWER = "We drank tea with the grandmothers first, and listened for a month."
BETTER = "We drank coffee with the grandmothers first, and listened for a month."
RISKY = "Amani Wanjiru, aged 7, from Kibera told her aunt what happened on Monday."


@pytest.fixture
def amina(wire: Wire) -> Wired:
    member = cast.amina()
    return Wired(member.email, wire, "Amina")


def test_one_asks_another_answers_corrects_and_takes_it_back(amina: Wired, femi: Wired) -> None:
    amina.write("ask", MORE, subject=ASKED)

    question = Contribution.objects.get()
    assert (question.title, question.state) == (ASKED, State.PUBLISHED)
    assert amina.newest["Subject"] == "What you wrote is out"

    femi.write("exchange", f"text {question.pk}")
    assert MORE in femi.read()
    femi.answer(ANSWER)

    reply = Reply.objects.get()
    assert (reply.body, reply.state) == (ANSWER, State.PUBLISHED)
    assert f"> {ANSWER}" in femi.read()
    assert ANSWER in amina.read()

    amina.answer("How long did each talk last?")
    word = Reply.objects.get(author__email=amina.address)
    assert word.parent == reply

    receipt = next(one for one in femi.letters if one["Subject"] == "Your answer is out")
    femi.answer(BETTER, letter=receipt)
    reply.refresh_from_db()
    assert (reply.body, reply.version) == (BETTER, 2)
    assert femi.newest["Subject"] == "Your change is out"

    femi.answer("Undo")
    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN
    assert femi.newest["Subject"] == "It is withdrawn everywhere"


def test_what_could_point_to_a_child_comes_back_and_goes_out_changed(
    amina: Wired,
) -> None:
    amina.write("ask", RISKY, subject="What would you do?")
    assert not Contribution.objects.exists()
    assert "Safer:" in amina.read()

    amina.answer("A girl of about seven told a relative what happened.")

    row = Contribution.objects.get()
    assert row.title == "What would you do?"
    assert row.state == State.PUBLISHED
    assert "Kibera" not in row.body


def test_a_stranger_comes_in_by_one_word_and_the_code_of_conduct(wire: Wire) -> None:
    nia = Wired("nia@example.net", wire, "Nia")

    nia.write("ask", MORE, subject=ASKED)
    nia.answer("join")
    nia.answer("Yes\n\nName: Mama Zuri")

    assert Member.objects.get().display_name == "Mama Zuri"
    assert not Contribution.objects.exists()
    nia.write("ask", MORE, subject=ASKED)
    assert Contribution.objects.get().state == State.WAITING


def test_mails_of_robots_make_nothing_and_are_not_answered(amina: Wired, femi: Wired) -> None:
    amina.write("ask", MORE, subject=ASKED)
    letters = len(amina.letters)

    amina._send(
        "ask@exchange.example",
        "I am on leave until Monday.",
        "Out of office",
        {"Auto-Submitted": "auto-replied"},
    )

    assert Contribution.objects.count() == 1
    assert len(amina.letters) == letters

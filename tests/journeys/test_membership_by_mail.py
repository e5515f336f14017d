"""A whole membership without ever opening a browser: joining, asking, answering, following,
correcting, pausing, leaving. Every word goes over a real SMTP conversation with the door, every
letter is read from a real mail server. Read by pytest alone."""

import pytest

from exchange.alerts.models import Watch, Wishes
from exchange.contributions.actions import publish
from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Follow, Reply
from exchange.members import queries
from exchange.members.models import Member
from tests import cast
from tests.bymail_wire import Wire, Wired

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = "Who opens your meetings with parents?"
MORE = "In our group the same two people always speak first."
ANSWER = "The youngest of us opens it, with a song she chooses."
BETTER = "The youngest of us opens it, with a song that all of us know."


@pytest.fixture
def host(wire: Wire) -> Member:
    return cast.beatriz()


def joined(wire: Wire) -> Wired:
    """Zuri, from nobody to a member in two mails."""
    zuri = Wired("zuri@example.net", wire, "Zuri")
    zuri.write("exchange", "Join")
    assert "18" in zuri.read()
    zuri.answer("Yes\n\nName: Mama Zuri")
    assert "Welcome, Mama Zuri" in zuri.read()
    return zuri


def test_a_member_joins_asks_answers_follows_corrects_pauses_and_leaves(
    wire: Wire, host: Member, femi: Wired
) -> None:
    zuri = joined(wire)

    # She asks; a host reads the first words of a newcomer, and lets them out.
    zuri.write("ask", MORE, subject=ASKED)
    question = Contribution.objects.get()
    assert question.state == State.WAITING
    publish(contribution=question, by=host, version=question.version)
    wire.work()
    assert "out" in str(zuri.newest["Subject"])

    # Somebody answers; she hears of it by mail, and answers back from there.
    femi.write("exchange", f"text {question.pk}")
    femi.answer(ANSWER)
    assert ANSWER in zuri.read()
    zuri.answer("How did the older ones take it?")
    word = Reply.objects.get(author__email=zuri.address)
    assert word.state == State.PUBLISHED
    assert word.body in femi.read()

    # She corrects her words by answering the receipt.
    zuri.answer("How did the older ones take it, and for how long?")
    word.refresh_from_db()
    assert word.body == "How did the older ones take it, and for how long?"

    # She follows a country, and wants her digest every day.
    zuri.write("exchange", "follow Kenya")
    zuri.write("exchange", "daily")
    member = queries.by_address(zuri.address)
    assert Watch.objects.get(member=member).value == "KE"
    assert Wishes.objects.get(member=member).rhythm == "daily"

    # She stops the mails about one thing by answering one of them.
    femi.answer(BETTER, letter=next(one for one in femi.letters if ANSWER in str(one)))
    letters = len(zuri.letters)
    zuri.answer("Stop", letter=next(one for one in zuri.letters if ANSWER in str(one)))
    assert Follow.objects.get(member=member, contribution=question).level == "off"
    assert len(zuri.letters) == letters + 1

    # She pauses, and hears nothing; then starts again.
    zuri.write("exchange", "pause 2 weeks")
    assert Wishes.objects.get(member=member).is_paused
    zuri.write("exchange", "start")
    assert not Wishes.objects.get(member=member).is_paused

    # She leaves; her words stay without her name, and nothing more comes.
    zuri.write("exchange", "leave")
    zuri.answer("Yes")
    assert queries.by_address(zuri.address) is None
    question.refresh_from_db()
    assert (question.state, question.author_id, question.shown_as) == (State.PUBLISHED, None, "")
    letters = len(zuri.letters)
    femi.write("exchange", f"text {question.pk}")
    femi.answer("One more thing: we sing it twice.")
    assert len(zuri.letters) == letters


def test_whoever_reads_kiswahili_does_the_same_in_kiswahili(wire: Wire) -> None:
    zuri = Wired("zuri@example.net", wire, "Zuri")
    zuri.write("exchange", "Jiunge")
    zuri.answer("Ndiyo\n\nJina: Mama Zuri")
    member = queries.by_address(zuri.address)
    assert (member.display_name, member.first_language) == ("Mama Zuri", "sw")

    zuri.write("exchange", "fuata Uganda")
    zuri.write("exchange", "kila siku")
    zuri.write("exchange", "sitisha wiki 2")
    assert Watch.objects.get(member=member).value == "UG"
    assert Wishes.objects.get(member=member).rhythm == "daily"
    assert Wishes.objects.get(member=member).is_paused

    zuri.write("exchange", "ondoka")
    zuri.answer("Ndiyo")
    assert queries.by_address(zuri.address) is None

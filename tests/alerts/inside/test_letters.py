"""Letters about what stands inside a group: to those inside, with as much as the group allows.
Run by pytest alone."""

from datetime import timedelta
from typing import Any

import pytest

from exchange.alerts.inside import actions
from exchange.alerts.models import Waiting, Wishes
from exchange.alerts.stopping import actions as stopping
from exchange.alerts.stopping.things import Thing
from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution, State
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.hubs.models import Membership, Space
from exchange.ledger import worker
from exchange.mail import looking
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What
from exchange.members.models import Member
from tests import cast, within
from tests.bymail import Post, settle_in

pytestmark = pytest.mark.django_db
SECRET = "What the lanterns showed us."
Level = Membership.Level


@pytest.fixture(autouse=True)
def _mail(settings: Any, tmp_path: Any, db: None) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def femi(db: None) -> Member:
    member = cast.person("Femi", welcomed_at=now())
    awake(member)
    return member


@pytest.fixture
def group(amina: Member, femi: Member) -> Space:
    awake(amina)
    space = within.group()
    within.belongs(space, amina)
    within.belongs(space, femi)
    return space


def awake(member: Member, **wishes: Any) -> None:
    given = {"quiet_from": None, "quiet_until": None, **wishes}
    Wishes.objects.update_or_create(member=member, defaults=given)


def told(member: Member) -> list[OutgoingMail]:
    worker.run_until_idle()
    rows = OutgoingMail.objects.filter(person=member.pk, purpose="inside")
    return list(rows.exclude(last_error__startswith="with:").order_by("pk"))


def new(group: Space, author: Member, **fields: Any) -> Contribution:
    row = within.written(group, author, **fields)
    worker.run_until_idle()
    return row


def test_each_one_goes_to_those_inside_and_to_nobody_else(group, amina, femi, chen, beatriz):
    new(group, amina)

    [letter] = told(femi)
    assert SECRET in letter.text
    assert letter.subject == "Something new for you"
    assert "List-Unsubscribe" in letter.headers
    assert told(amina) == told(chen) == told(beatriz) == []


@pytest.mark.parametrize(
    ("theirs", "wished", "words", "title"),
    [
        ("full", "full", True, True),
        ("teaser", "full", True, True),
        ("full", "notice", False, False),
        ("notice", "full", False, False),
    ],
)
def test_the_stricter_of_the_group_and_the_reader_counts(amina, femi, theirs, wished, words, title):
    awake(femi, content=wished)
    group = within.group(mail_content=theirs)
    for member in (amina, femi):
        within.belongs(group, member)
    new(group, amina)

    [letter] = told(femi)
    assert (SECRET in letter.text, "Our lanterns" in letter.text) == (words, title)


def test_nothing_outside_the_letter_tells_of_a_sensitive_group(amina, femi):
    group = within.group(is_sensitive=True, mail_content="notice")
    for member in (amina, femi):
        within.belongs(group, member)
    new(group, amina)

    [letter] = told(femi)
    assert letter.subject == "A message for you"
    assert letter.shown_from == ""
    assert "Kitui" not in letter.text + str(letter.headers)


def test_who_wishes_a_digest_gets_all_of_a_group_in_one_letter(group, amina, femi):
    within.belongs(group, femi, level=Level.DIGEST)
    new(group, amina)
    new(group, amina, title="Our drums", body="What the drums told us.")
    assert told(femi) == []

    actions.release_due(moment=Waiting.objects.latest("due_at").due_at)

    [letter] = told(femi)
    assert SECRET in letter.text
    assert "drums told us" in letter.text
    assert not Waiting.objects.exists()


def test_who_wishes_nothing_gets_nothing(group, amina, femi):
    within.belongs(group, femi, level=Level.OFF)
    new(group, amina)

    assert told(femi) == []
    assert not Waiting.objects.exists()


def test_answers_go_to_those_inside_too_and_not_to_who_wrote_them(group, amina, femi):
    row = new(group, amina)
    answer(contribution=row, author=femi, body="We sang first.", language="en")

    assert "We sang first." in told(amina)[-1].text
    assert all("We sang first." not in letter.text for letter in told(femi))


def test_the_last_look_keeps_it_from_who_left_meanwhile(group, amina, femi):
    new(group, amina)
    [letter] = told(femi)
    assert looking.why_not(letter) == ""

    within.belongs(group, femi, state=within.State.LEFT)

    assert looking.why_not(letter) == "not-inside"


@pytest.mark.parametrize("together", [False, True])
def test_what_is_taken_back_leaves_the_letters_and_the_rest_is_told(
    group, amina, femi, together, django_capture_on_commit_callbacks
):
    within.belongs(group, femi, level=Level.DIGEST if together else Level.EACH)
    row = new(group, amina)
    new(group, amina, title="Our drums", body="What the drums told us.")
    if together:
        actions.release_due(moment=Waiting.objects.latest("due_at").due_at)
    OutgoingMail.objects.filter(last_error="").update(state=OutgoingMail.State.QUEUED)

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=row, by=amina)
    worker.run_until_idle()
    actions.release_due(moment=now() + timedelta(days=40))

    going = [one for one in told(femi) if one.state in ("queued", "sent")]
    assert all(SECRET not in one.text for one in going)
    assert any("drums told us" in one.text for one in going)


def test_an_answer_by_mail_stands_inside(group, amina, femi):
    row = new(group, amina)
    told(femi)

    Post.of(femi).answer("We sang first, and then we walked.")

    reply = Reply.objects.get()
    assert (reply.contribution, reply.state) == (row, State.INSIDE)


def test_an_answer_by_mail_of_somebody_who_left_is_refused(group, amina, femi):
    new(group, amina)
    told(femi)
    post = Post.of(femi)
    within.belongs(group, femi, state=within.State.LEFT)

    post.answer("We sang first, and then we walked.")

    assert not Reply.objects.exists()
    assert SECRET not in post.newest().text


def address_in(letter: OutgoingMail) -> str:
    words = letter.text.split("send a mail to ")[1]
    return words.split()[0].rstrip(".")


def test_a_mail_to_the_address_in_the_letter_begins_something_new_inside(group, amina, femi):
    new(group, amina)
    [letter] = told(femi)

    Post.of(femi).write(
        address_in(letter), "I can bring the lanterns.", subject="Shall we meet on Friday?"
    )

    row = Contribution.objects.latest("pk")
    assert (row.title, row.author) == ("Shall we meet on Friday?", femi)
    assert (row.space, row.state) == (group, State.INSIDE)


def test_that_address_is_of_no_use_to_others_nor_after_leaving(group, amina, femi, chen):
    new(group, amina)
    [letter] = told(femi)
    words = "I can bring the lanterns."

    Post.of(chen).write(address_in(letter), words, subject="Shall we meet?")
    within.belongs(group, femi, state=within.State.LEFT)
    Post.of(femi).write(address_in(letter), words, subject="Shall we meet?")

    assert Contribution.objects.count() == 1


def test_one_stop_ends_the_mails_of_that_group_and_can_be_undone(group, amina, femi):
    thing = Thing(What.STOP_SPACE, femi, group.pk)

    assert stopping.stop(thing)
    new(group, amina)

    assert told(femi) == []
    assert Membership.objects.get(member=femi).level == Level.OFF
    assert not stopping.stop(thing)


def test_hosts_of_a_group_hear_that_something_waits_and_those_of_the_exchange_do_not(
    amina, femi, beatriz
):
    group = within.group(reads_first="everybody")
    within.belongs(group, amina)
    within.belongs(group, femi, within.Role.HOST)
    row = new(group, amina)
    worker.run_until_idle()

    assert row.state == State.WAITING
    got = OutgoingMail.objects.filter(text__icontains="wait").values_list("to_address", flat=True)
    assert set(got) == {femi.email}
    assert "lanterns" not in OutgoingMail.objects.get(to_address=femi.email).text

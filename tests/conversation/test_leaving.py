"""Leaving: the person is gone from every room; their words stay or go as they wish.
Run by pytest alone."""

import pytest

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, State
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.actions import blank_farewells, queue_mail
from exchange.mail.models import OutgoingMail
from exchange.members import queries
from exchange.members.leaving import HostsDoNotLeave, leave
from exchange.members.models import Member
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(amina: Member, beatriz: Member) -> tuple[Contribution, Reply, Reply]:
    """A question of hers, her answer to another's, and another's answer to hers."""
    words = Content(title="Who opens your meetings?", body="We take turns.")
    own = submit(kind="question", content=words, author=amina)
    other = submit(kind="question", content=Content(title="How do you begin?"), author=beatriz)
    hers = answer(contribution=other, author=amina, body="With a song.", language="en")
    theirs = answer(contribution=own, author=beatriz, body="The youngest.", language="en")
    return own, hers, theirs


def test_the_words_stay_without_the_name(amina, said):
    own, hers, _theirs = said

    leave(member=amina, words_too=False)
    worker.run_until_idle()

    own.refresh_from_db()
    hers.refresh_from_db()
    assert (own.state, own.author_id, own.shown_as) == (State.PUBLISHED, None, "")
    assert (hers.state, hers.author_id, hers.shown_as) == (State.PUBLISHED, None, "")
    assert queries.by_address("amina@example.org") is None


def test_the_words_go_too_when_that_is_wished_and_nobody_elses(amina, said):
    own, hers, theirs = said

    leave(member=amina, words_too=True)
    worker.run_until_idle()

    own.refresh_from_db()
    hers.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.state, hers.state) == (State.WITHDRAWN, State.WITHDRAWN)
    assert theirs.state == State.PUBLISHED


def test_mail_that_has_not_gone_stays_here_and_keeps_no_address(amina):
    queue_mail(to=amina.email, subject="Something", text="Words.", purpose="account")

    leave(member=amina, words_too=False)
    worker.run_until_idle()

    last = OutgoingMail.objects.get(to_address__iexact="amina@example.org")
    assert last.key.startswith("farewell:")
    assert last.state == OutgoingMail.State.SENT
    blank_farewells(now=now())
    assert not OutgoingMail.objects.filter(to_address__iexact="amina@example.org").exists()


def test_a_host_does_not_leave_like_this(beatriz):
    with pytest.raises(HostsDoNotLeave):
        leave(member=beatriz, words_too=False)
    assert queries.by_address(beatriz.email) == beatriz


def test_who_left_may_come_back_with_the_same_address(amina):
    leave(member=amina, words_too=False)
    again = cast.person("Amina", welcomed_at=None)
    assert again.pk != amina.pk

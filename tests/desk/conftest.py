"""What the desk's tests begin with: a host at her desk, and things that wait.
Read by pytest alone."""

import pytest
from django.test import Client

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.members.models import Member
from tests import cast

WORDS = "Our committee stopped meeting when the grant ended. What brought yours back?"


@pytest.fixture
def desk(beatriz: Member) -> Client:
    """Beatriz, a host, signed in with her second factor."""
    return cast.signed_in(Client(), beatriz)


@pytest.fixture
def waiting(chen: Member) -> Contribution:
    """A newcomer's question that waits for a host."""
    return submit(
        kind="question",
        content=Content(title="What brought your committee back?", body=WORDS, countries=("UG",)),
        author=chen,
    )


@pytest.fixture
def question(amina: Member) -> Contribution:
    """A published question of a welcomed member."""
    return submit(
        kind="question",
        content=Content(title="Who opens your meetings?", body="We take turns."),
        author=amina,
    )


@pytest.fixture
def waiting_reply(question: Contribution, chen: Member) -> Reply:
    """A newcomer's answer that waits for a host."""
    return answer(
        contribution=question, author=chen, body="The youngest of us opens it.", language="en"
    )

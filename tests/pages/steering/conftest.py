"""What the tests of the steered home begin with: a host at her desk, something to show.
Read by pytest alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from exchange.contributions import actions as contributions
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.members.models import Member
from exchange.pages.models import Choice
from exchange.pages.steering.actions import Chosen, choose
from tests import cast

Choose = Callable[..., Choice]


@pytest.fixture
def desk(beatriz: Member) -> Client:
    """Beatriz, a host, signed in with her second factor; her desk is in English here."""
    return cast.signed_in(Client(), beatriz)


@pytest.fixture
def question(amina: Member) -> Contribution:
    content = Content(
        title="What brought your committee back?",
        body="Ours stopped.",
        topics=("community-ownership",),
    )
    return contributions.submit(kind="question", content=content, author=amina)


@pytest.fixture
def chosen(beatriz: Member) -> Choose:
    """Something a host chose, from now on and for a week unless said otherwise."""

    def make(sort: str, words: Any = None, **other: Any) -> Choice:
        other.setdefault("starts_at", now() - timedelta(seconds=1))
        other.setdefault("ends_at", now() + timedelta(days=7))
        said = {"en": {"words": words}} if isinstance(words, str) else words or {}
        return choose(chosen=Chosen(sort, words=said, **other), by=beatriz)

    return make

"""Mailboxes, and somebody who looks after safeguarding.
Read by pytest alone."""

import pytest

from exchange.members.models import Member
from exchange.safeguarding.actions.standing import appoint
from tests.bymail import settle_in


@pytest.fixture(autouse=True)
def _mail(settings, tmp_path, db) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def lead(desta: Member) -> Member:
    appoint(member=desta, role="lead")
    return desta

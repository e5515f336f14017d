"""People at their mailboxes, and the addresses that take questions and more.
Read by pytest alone."""

import pytest

from exchange.core.time import now
from exchange.members.models import Member
from tests import cast
from tests.bymail import Post, settle_in


@pytest.fixture(autouse=True)
def _mail(settings, tmp_path, db) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def post(amina: Member) -> Post:
    """Amina's mailbox."""
    return Post.of(amina)


@pytest.fixture
def zuri(db: None) -> Member:
    """A welcomed member who lives in Uganda and speaks Kiswahili first."""
    return cast.person("Zuri", country="UG", languages="sw en", welcomed_at=now())

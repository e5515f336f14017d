"""What the tests of private messages begin with: Amina, a practitioner, and Femi, whom she may know.
Read by pytest alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from exchange.core.time import now
from exchange.corresponding.actions import answering, writing
from exchange.corresponding.models import Correspondence
from exchange.members.models import Member
from tests import bymail, cast

HELLO = "Your evenings with the village committee: how did you begin them?"


@pytest.fixture(autouse=True)
def mailroom(settings: Any, tmp_path: Path, db: None) -> None:
    """A mail domain and boxes of the test's own."""
    bymail.settle_in(settings, tmp_path)


@pytest.fixture
def femi() -> Member:
    return cast.person("Femi", country="NG", role="Teacher", welcomed_at=now())


@pytest.fixture
def at(signed_in: Callable[[Client, Member], Client]) -> Callable[[Member], Client]:
    """The browser of somebody who has signed in."""
    return lambda member: signed_in(Client(), member)


@pytest.fixture
def asked(amina: Member, femi: Member) -> Correspondence:
    """Amina has written to Femi, who has not answered."""
    return writing.write(by=amina, to=femi, text=HELLO).correspondence


@pytest.fixture
def talk(asked: Correspondence, femi: Member) -> Correspondence:
    """Femi has said yes."""
    answering.accept(row=asked, by=femi)
    asked.refresh_from_db()
    return asked

"""What the tests of letters to the hosts begin with: a host at her desk, somebody who writes.
Read by pytest alone."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from exchange.contacting.models import Contact
from exchange.members.models import Member
from exchange.safeguarding.actions.standing import appoint
from tests import bymail, cast
from tests.contacting.letters import typed


@pytest.fixture
def desk(beatriz: Member) -> Client:
    """Beatriz, a host, signed in with her second factor."""
    return cast.signed_in(Client(), beatriz)


@pytest.fixture
def lead(desta: Member) -> Member:
    appoint(member=desta, role="lead")
    return desta


@pytest.fixture(autouse=True)
def mailroom(settings: Any, tmp_path: Path, db: None) -> None:
    """A mail domain and boxes of the test's own."""
    bymail.settle_in(settings, tmp_path)


@pytest.fixture
def letter(visitor: Client) -> Contact:
    """Zawadi, who has no account, has written from the contact page."""
    answer = visitor.post("/contact/", typed())
    assert answer.status_code == 302, answer.content.decode()
    contact: Contact = Contact.objects.get()
    return contact

"""What tests of bringing records in share: a host at her desk.
Read by pytest alone."""

import pytest
from django.test import Client

from exchange.members.models import Member
from tests import cast


@pytest.fixture
def desk(beatriz: Member) -> Client:
    """Beatriz, a host, signed in with her second factor."""
    return cast.signed_in(Client(), beatriz)

"""How a browser of a test is signed in as a host.
Used by the tests of the writing room."""

from django.test import Client

from exchange.members.models import Member
from tests import cast


def cookie_of(member: Member) -> str:
    """The session of a member who has shown all they have."""
    return cast.signed_in(Client(), member).cookies["sessionid"].value

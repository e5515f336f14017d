"""Keys of forms come from browsers: what is longer than ours leads nowhere, on every database.
Read by pytest alone."""

import pytest
from django.test import Client

from exchange.contributions.models import Draft
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
LONG = "k" * 41


def test_a_key_longer_than_ours_keeps_nothing(amina):
    member, words = signed_in(Client(), amina), {"title": "Our evenings"}

    assert member.post(f"/share/experience/{LONG}/title/", words).status_code == 404
    assert not Draft.objects.exists()
    assert member.post(f"/share/experience/{LONG[1:]}/title/", words).status_code == 302
    assert Draft.objects.exists()

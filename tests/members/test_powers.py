"""A host acts as one only with a second factor shown in this session, on every page.
Run by pytest alone."""

import pytest
from django.test import Client
from django.urls import reverse

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import State
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in_by_code_alone(beatriz):
    """The host, in a session that has seen no second factor."""
    client = Client()
    client.force_login(beatriz)
    return client


def words(chen):
    """Something of a newcomer's, which waits."""
    return submit(kind="question", content=Content(title="Who opens your meetings?"), author=chen)


def test_without_it_what_waits_is_hidden_and_others_words_stay(
    chen, amina, beatriz, signed_in_by_code_alone
):
    waiting, standing = words(chen), words(amina)
    client = signed_in_by_code_alone
    assert client.get(waiting.get_absolute_url()).status_code == 404
    client.post(reverse("contributions:withdraw", args=[standing.pk]), {"sure": "yes"})
    standing.refresh_from_db()
    assert standing.state == State.PUBLISHED


def test_with_it_a_host_reads_what_waits_and_may_withdraw(chen, amina, beatriz):
    waiting, standing = words(chen), words(amina)
    client = cast.signed_in(Client(), beatriz)
    assert client.get(waiting.get_absolute_url()).status_code == 200
    client.post(reverse("contributions:withdraw", args=[standing.pk]), {"sure": "yes"})
    standing.refresh_from_db()
    assert standing.state == State.WITHDRAWN


def test_the_way_to_the_desk_stays_and_leads_to_the_second_factor(signed_in_by_code_alone):
    client = signed_in_by_code_alone
    assert reverse("desk:morning") in client.get(reverse("members:me")).content.decode()
    assert client.get(reverse("desk:morning")).status_code == 302


def test_their_own_words_need_not_wait(beatriz, signed_in_by_code_alone):
    assert not beatriz.is_newcomer
    beatriz.powers_rest = True
    assert not beatriz.is_newcomer
    assert not beatriz.is_host
    assert beatriz.is_appointed


def test_a_member_is_no_host_either_way(amina, client, signed_in):
    signed_in(client, amina)
    assert client.get(reverse("desk:morning")).status_code == 404

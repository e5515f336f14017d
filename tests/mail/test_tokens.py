"""Tokens in addresses: for one person and one thing, not to be read or made by others.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.crypto import salted_hmac

from exchange.core.time import now
from exchange.mail import tokens
from exchange.mail.tokens import What


def test_a_token_says_who_may_do_what_with_what():
    token = tokens.make(What.ANSWER, person=3_000_000, item=7, days=90)

    found = tokens.read(token)

    assert (found.what, found.person, found.item) == (What.ANSWER, 3_000_000, 7)
    assert len(token) <= 45
    assert token == token.lower()


def test_capitals_and_spaces_around_it_do_not_matter():
    token = tokens.make(What.RECEIPT, person=1, item=2)
    assert tokens.read(f" {token.upper()} ") == tokens.read(token)


def test_numbers_cannot_be_read_off_a_token():
    near = tokens.make(What.ANSWER, person=5, item=7), tokens.make(What.ANSWER, person=5, item=8)
    alike = sum(a == b for a, b in zip(*near, strict=True))
    assert alike < len(near[0]) / 2


@pytest.mark.parametrize("place", [0, 5, 15, 17, 20, -1])
def test_a_changed_letter_makes_it_worthless(place):
    token = tokens.make(What.ANSWER, person=5, item=7, days=90)
    letters = list(token)
    letters[place] = "a" if letters[place] != "a" else "b"
    changed = "".join(letters)
    if tokens_differ_only_in_padding(token, changed):
        return
    with pytest.raises(tokens.BadToken):
        tokens.read(changed)


def tokens_differ_only_in_padding(one, other):
    return tokens._decoded(one) == tokens._decoded(other)


@pytest.mark.parametrize("word", ["", "x", "hello", "a" * 32, "ä" * 20, "=" * 24, "1" * 24])
def test_what_is_no_token_is_refused(word):
    with pytest.raises(tokens.BadToken):
        tokens.read(word)


def test_it_ends_on_its_day_and_says_for_what_it_was():
    token = tokens.make(What.ANSWER, person=5, item=7, days=90)
    with time_machine.travel(now() + timedelta(days=90), tick=False):
        assert tokens.read(token).item == 7
    with (
        time_machine.travel(now() + timedelta(days=91), tick=False),
        pytest.raises(tokens.Expired) as raised,
    ):
        tokens.read(token)
    assert raised.value.token.item == 7


def test_a_token_without_an_end_has_none():
    token = tokens.make(What.STOP_ALL, person=5)
    with time_machine.travel(now() + timedelta(days=5000), tick=False):
        assert tokens.read(token).what is What.STOP_ALL


def test_an_address_fits_where_addresses_must_fit(settings):
    address = tokens.address(What.BOUNCE, item=2**62)
    local, _, domain = address.partition("@")
    assert local.startswith("bounce+")
    assert len(local) <= 64
    assert domain == settings.MAIL_DOMAIN


@pytest.mark.parametrize("secret", ["one secret", "another, é"])
def test_what_is_signed_is_signed_as_django_would(settings, secret):
    settings.SECRET_KEY = secret

    there = tokens.digest(" Amina@Example.org ")

    asked = salted_hmac("exchange.mail.address", b"amina@example.org", algorithm="sha256")
    assert there == asked.hexdigest()

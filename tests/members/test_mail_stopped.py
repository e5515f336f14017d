"""Whose mail came back is told on their own page, and takes their address up again there.
Run by pytest alone."""

import pytest

from exchange.mail.bounces import queries
from exchange.mail.models import Standing
from exchange.mail.tokens import digest

pytestmark = pytest.mark.django_db


def test_a_page_without_trouble_says_nothing_of_it(visitor, signed_in, amina) -> None:
    assert b"Write to me again" not in signed_in(visitor, amina).get("/me/").content


@pytest.mark.parametrize(
    ("state", "said"), [("dead", b"came back"), ("unwanted", b"marked as unwanted")]
)
def test_they_take_their_address_up_again(visitor, signed_in, amina, state, said) -> None:
    Standing.objects.create(digest=digest(amina.email), state=state, hard=2)
    member = signed_in(visitor, amina)
    assert said in member.get("/me/").content
    assert queries.may_write(amina.email, "alert")

    answer = member.post("/me/mail-again/", follow=True)

    assert b"We write to you again." in answer.content
    assert queries.may_write(amina.email, "alert") == ""


def test_nobody_does_it_for_somebody_else(visitor, signed_in, amina, chen) -> None:
    Standing.objects.create(digest=digest(amina.email), state="dead")

    assert visitor.post("/me/mail-again/").status_code == 302
    signed_in(visitor, chen).post("/me/mail-again/")

    assert queries.may_write(amina.email, "alert") == "address-dead"


def test_looking_changes_nothing(visitor, signed_in, amina) -> None:
    Standing.objects.create(digest=digest(amina.email), state="dead")

    assert signed_in(visitor, amina).get("/me/mail-again/").status_code == 405
    assert queries.may_write(amina.email, "alert")

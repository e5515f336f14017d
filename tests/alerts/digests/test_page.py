"""The pages of digests: what the next one will hold, and what a past one held; each for one person.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.alerts.models import Digest
from exchange.contributions.actions import withdraw
from exchange.mail.models import OutgoingMail
from tests.alerts.digests.conftest import said, watching, wishing
from tests.alerts.digests.test_building import answered, following
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(amina, femi):
    """Amina's client; something of each sort waits for her digest."""
    wishing(amina)
    watching(amina)
    watching(amina, kind="help", value="")
    row = said(amina, "How do you end a meeting?")
    following(amina, row)
    answered(row, femi)
    answered(row, femi, "And with thanks to everybody who came.")
    return signed_in(Client(), amina)


def test_the_next_digest_can_be_looked_at_and_nothing_is_sent(
    member, femi, django_assert_max_num_queries, amina
):
    row = said(femi, "Who opens your meetings?")
    before = OutgoingMail.objects.count()
    member.get("/me/mail/digest/")

    with django_assert_max_num_queries(8):
        page = member.get("/me/mail/digest/").content.decode()

    assert row.title in page
    assert "2 new answers" in page
    assert page.index("Questions you can help with") < page.index("New answers to what you follow")
    assert "This is what stands in it so far." in page
    assert OutgoingMail.objects.count() == before
    assert not Digest.objects.exists()


def test_what_is_taken_back_leaves_the_page(member, femi, beatriz):
    row = said(femi, "Zebrafinch evenings")
    assert row.title in member.get("/me/mail/digest/").content.decode()

    withdraw(contribution=row, by=beatriz)

    assert row.title not in member.get("/me/mail/digest/").content.decode()


def test_a_digest_that_came_can_be_read_whole_by_whom_it_was_for(
    member, amina, femi, beatriz, digest_of
):
    for n in range(14):
        said(femi, f"Idea number {n}", kind="idea")
    digest_of(amina)
    period = Digest.objects.get(member=amina).period
    address = f"/me/mail/digest/{period}/"

    page = member.get(address).content.decode()

    assert all(f"Idea number {n}" in page for n in range(14))
    assert signed_in(Client(), beatriz).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert Client().get("/me/mail/digest/").status_code == 302
    assert member.get("/me/mail/digest/2001-W01/").status_code == 404


def test_nobody_elses_digest_and_an_empty_one(chen, femi):
    said(femi, "Who opens your meetings?")

    page = signed_in(Client(), chen).get("/me/mail/digest/").content.decode()

    assert "Who opens your meetings?" not in page
    assert "None is planned" in page
    assert "When it is empty, we send none." in page

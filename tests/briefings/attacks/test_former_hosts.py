"""Whoever was a host has no hand any more in what the hosts publish.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.briefings.briefs import actions
from exchange.contributions import actions as spine
from exchange.contributions import rules
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import State
from exchange.members.models import Member
from tests import cast
from tests.briefings.briefs.making import brief_of, femi, fresh, question, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(amina, beatriz):
    row = brief_of(beatriz, said(question(amina), femi()), body="Ask twice.", quotes=[])
    return actions.publish(brief=row, by=beatriz)


def test_a_former_host_neither_withdraws_nor_changes_what_is_out(out, beatriz):
    assert rules.may_withdraw(beatriz, out)
    Member.objects.filter(pk=beatriz.pk).update(hosting_since=None)
    former = Member.objects.get(pk=beatriz.pk)
    content = spine.content_of(out, title=out.title, body="Other words.")

    with pytest.raises(NotAllowed):
        spine.withdraw(contribution=out, by=former)
    with pytest.raises(NotAllowed):
        spine.revise(contribution=out, content=content, by=former, version=out.version)
    with pytest.raises(NotAllowed):
        spine.close(contribution=out, by=former)
    page = cast.signed_in(Client(), former).get(out.get_absolute_url())
    assert page.status_code == 200
    assert fresh(out).state == State.PUBLISHED


def test_what_a_member_shared_stays_theirs(amina):
    row = question(amina)
    spine.withdraw(contribution=row, by=amina)
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN

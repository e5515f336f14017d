"""From inside a group to everybody, by the consent of who wrote it.
Run by pytest alone."""

from typing import Any

import pytest
from django.test import Client

from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution, State
from exchange.contributions.spaces import sharing_on
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from tests import cast, within
from tests.bymail import Post, settle_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail(settings: Any, tmp_path: Any, db: None) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def femi(db: None) -> Member:
    return cast.with_second_factor(cast.person("Femi", welcomed_at=now()))


@pytest.fixture
def group(amina: Member, femi: Member) -> Any:
    space = within.group()
    within.belongs(space, amina)
    within.belongs(space, femi, within.Role.HOST)
    return space


@pytest.fixture
def text(group: Any, amina: Member) -> Contribution:
    return within.written(group, amina, title="Our lanterns")


def test_the_author_looks_at_it_once_more_and_everybody_reads_it(group, text, amina, visitor):
    client = cast.signed_in(Client(), amina)

    page = client.get(text.get_absolute_url()).content.decode()
    address = client.post(f"/hubs/everybody/{text.pk}/")["Location"]
    form = client.get(address).content.decode()
    once = address.split("draft=")[1]
    typed = {"title": "Our lanterns", "body": "For all of you.", "language": "en", "once": once}
    client.post(address, typed)

    assert f"/hubs/everybody/{text.pk}/" in page
    assert "What the lanterns showed us." in form
    shared = Contribution.objects.get(shared_from=text)
    assert (shared.state, shared.space, shared.is_inside) == (State.PUBLISHED, None, False)
    assert "First shared in" in visitor.get(shared.get_absolute_url()).content.decode()
    inside = client.get(text.get_absolute_url()).content.decode()
    assert shared.get_absolute_url() in inside


@pytest.mark.parametrize("hidden", [{"is_listed": False}, {"is_sensitive": True}])
def test_where_it_came_from_is_not_told_of_a_group_nobody_knows(group, text, amina, hidden):
    shared = sharing_on.share_as_it_is(row=text, by=amina)
    type(group).objects.filter(pk=group.pk).update(**hidden)

    page = Client().get(shared.get_absolute_url()).content.decode()

    assert "First shared in" not in page
    assert "Kitui" not in page


def test_nobody_else_shares_it(text, femi, chen):
    for member, status in ((femi, 404), (chen, 404)):
        client = cast.signed_in(Client(), member)
        assert client.post(f"/hubs/everybody/{text.pk}/").status_code == status
    assert Client().post(f"/hubs/everybody/{text.pk}/").status_code == 302


def test_a_host_of_the_group_asks_once_and_a_yes_by_mail_shares_it(text, amina, femi):
    client = cast.signed_in(Client(), femi)

    first = client.post(f"/hubs/everybody/{text.pk}/asking/")
    second = client.post(f"/hubs/everybody/{text.pk}/asking/")
    worker.run_until_idle()
    [letter] = OutgoingMail.objects.filter(purpose="inside-asked")
    Post.of(amina).answer("Yes", letter=letter)

    assert (first.status_code, second.status_code) == (302, 404)
    assert letter.to_address == amina.email
    shared = Contribution.objects.get(shared_from=text)
    assert (shared.body, shared.state, shared.author) == (text.body, State.PUBLISHED, amina)


@pytest.mark.parametrize("words", ["No", "Perhaps, let me think about that for a while first"])
def test_without_a_yes_it_stays_inside(text, amina, femi, words):
    sharing_on.ask(row=text, by=femi)
    worker.run_until_idle()
    letter = OutgoingMail.objects.get(purpose="inside-asked")

    Post.of(amina).answer(words, letter=letter)

    assert not Contribution.objects.filter(shared_from=text).exists()


def test_a_yes_of_somebody_else_shares_nothing(text, amina, femi, chen):
    sharing_on.ask(row=text, by=femi)
    worker.run_until_idle()
    letter = OutgoingMail.objects.get(purpose="inside-asked")

    Post.of(chen).answer("Yes", letter=letter)

    assert not Contribution.objects.filter(shared_from=text).exists()
    with pytest.raises(NotAllowed):
        sharing_on.ask(row=text, by=chen)

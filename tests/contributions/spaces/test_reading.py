"""What is written inside a group is read by those inside, and by nobody else by any way.
Run by pytest alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from exchange.contributions import actions, drafts, queries, sealing
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution, Picture, State
from exchange.contributions.pictures import store
from exchange.conversation.actions import answer, withdraw_reply
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.discovery.models import SearchEntry
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.members.models import Member
from tests import cast, within
from tests.contributions.test_picture_pages import beside

pytestmark = pytest.mark.django_db
SECRET = "What the lanterns showed us."


@pytest.fixture
def group(amina: Member) -> Any:
    space = within.group()
    within.belongs(space, amina)
    return space


@pytest.fixture
def femi(db: None) -> Member:
    return cast.person("Femi", welcomed_at=now())


@pytest.fixture
def text(group: Any, amina: Member) -> Contribution:
    return within.written(group, amina)


@pytest.fixture(autouse=True)
def _no_files_left(db: None) -> Iterator[None]:
    yield
    for picture in Picture.objects.all():
        store.remove(picture.key)


def client_of(member: Member) -> Client:
    return cast.signed_in(Client(), member)


def test_it_is_let_out_inside_and_the_ledger_says_so_in_words_of_its_own(text: Contribution):
    assert text.state == State.INSIDE
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert "contribution.let_inside" in kinds
    assert "contribution.published" not in kinds


@pytest.mark.parametrize("role", [within.Role.HOST, within.Role.MEMBER, within.Role.GUEST])
def test_who_belongs_reads_it_in_whatever_role(group, text, femi, role):
    within.belongs(group, femi, role)

    page = client_of(femi).get(text.get_absolute_url())

    assert SECRET in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("state", [s for s in within.State.values if s != "in"])
def test_who_asked_was_invited_left_or_was_declined_does_not(group, text, femi, state):
    within.belongs(group, femi, state=state)

    assert client_of(femi).get(text.get_absolute_url()).status_code == 404


def test_visitors_members_and_hosts_of_the_exchange_do_not_either(text, femi, beatriz, visitor):
    address = text.get_absolute_url()

    for client in (visitor, client_of(femi), client_of(beatriz)):
        assert client.get(address).status_code == 404
        assert client.get(f"/contributions/{text.pk}/passing/").status_code == 404
        assert client.get(f"/cards/{text.pk}-en.png").status_code == 404
        assert client.get(f"/report/contribution/{text.pk}/").status_code == 404


def test_no_card_and_no_links_to_pass_on_exist_for_those_inside_either(text, amina):
    client = client_of(amina)

    assert client.get(f"/contributions/{text.pk}/passing/").status_code == 404
    assert client.get(f"/cards/{text.pk}-en.png").status_code == 404
    page = client.get(text.get_absolute_url()).content.decode()
    assert "/passing/" not in page
    assert "og:title" not in page


def test_somebody_who_leaves_reads_their_own_words_and_no_others(group, text, femi):
    within.belongs(group, femi)
    theirs = within.written(group, femi, title="Femi's lanterns")
    reply = answer(contribution=text, author=femi, body="I was there.", language="en")
    within.belongs(group, femi, state=within.State.LEFT)
    client = client_of(femi)

    assert client.get(theirs.get_absolute_url()).status_code == 200
    assert client.get(text.get_absolute_url()).status_code == 404
    assert client.get(f"/answers/{reply.pk}/words/").status_code == 404


def test_somebody_who_left_changes_nothing_there_and_may_take_their_words_back(group, femi):
    within.belongs(group, femi)
    theirs = within.written(group, femi)
    within.belongs(group, femi, state=within.State.LEFT)
    client = client_of(femi)

    assert client.get(f"/contributions/{theirs.pk}/words/").status_code == 404
    assert client.get(f"/contributions/{theirs.pk}/withdrawal/").status_code == 200


def test_answers_inside_are_read_inside_alone(group, text, femi, chen, beatriz):
    within.belongs(group, femi)
    reply = answer(contribution=text, author=femi, body="We sang first.", language="en")

    assert reply.state == State.INSIDE
    seen = [Reply.objects.visible_to(one).filter(pk=reply.pk).exists() for one in (femi, None)]
    assert seen == [True, False]
    assert not Reply.objects.visible_to(chen).filter(pk=reply.pk).exists()
    assert not Reply.objects.visible_to(beatriz).filter(pk=reply.pk).exists()


def test_a_guest_reads_and_does_not_answer(group, text, femi):
    within.belongs(group, femi, within.Role.GUEST)
    client = client_of(femi)

    page = client.get(text.get_absolute_url())
    sent = client.post(f"/contributions/{text.pk}/answers/", {"body": "May I?", "language": "en"})

    assert f"/contributions/{text.pk}/answers/" not in page.content.decode()
    assert sent.status_code == 422
    assert not Reply.objects.exists()


def test_pictures_inside_are_seen_inside_alone_and_kept_by_nobody(group, text, amina, femi):
    within.belongs(group, femi)
    reply = answer(contribution=text, author=femi, body="We sang first.", language="en")
    keys = [beside(text, amina).key, beside(text, femi, reply).key]

    for key in keys:
        seen = client_of(femi).get(f"/pictures/{key}/320.webp")
        assert seen.status_code == 200
        assert seen["Cache-Control"] == "private, no-cache"
        assert Client().get(f"/pictures/{key}/320.webp").status_code == 404
        chen = Member.objects.filter(display_name="Chen").first() or cast.chen()
        assert client_of(chen).get(f"/pictures/{key}/320.webp").status_code == 404


def test_it_stands_in_no_list_search_feed_or_index(
    group, amina, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = within.written(group, amina, topics=("child-participation",), countries=("KE",))
    worker.run_until_idle()

    assert not SearchEntry.objects.filter(pk=row.pk).exists()
    assert queries.listed("discussion", {}).count() == 0
    assert queries.newest_of_term("topic:child-participation", "discussion") == []
    for path in ("/", "/discussions/", "/search/?q=lanterns", "/topics/child-participation/"):
        assert SECRET not in client_of(amina).get(path).content.decode()


def test_a_hub_shows_what_is_for_everybody_to_everybody(amina, visitor):
    space = within.hub()
    within.belongs(space, amina)
    row = actions.submit(
        kind="discussion", content=Content(title="Ours", body=SECRET), author=amina, space=space
    )

    assert row.state == State.PUBLISHED
    assert SECRET in visitor.get(row.get_absolute_url()).content.decode()


def test_nobody_writes_where_they_do_not_belong(group, femi):
    for space in (group, within.hub()):
        with pytest.raises(NotAllowed):
            actions.submit(
                kind="discussion", content=Content(title="Ours", body="x"), author=femi, space=space
            )


def test_a_draft_of_an_answer_does_not_tell_its_title_to_who_left(group, text, femi):
    within.belongs(group, femi)
    key = f"answer-{text.pk}-"
    drafts.keep(key=key, member=femi, kind="answer", answers={"body": ["Begun"]}, about=text)
    within.belongs(group, femi, state=within.State.LEFT)

    assert drafts.unfinished(femi) == []


@pytest.mark.parametrize("act", [sealing.seal, sealing.withdraw_sealed])
def test_sealed_it_is_gone_inside_as_well_and_comes_back_inside(group, text, amina, act):
    act(contribution=text)

    assert client_of(amina).get(text.get_absolute_url()).status_code == 404
    if act is sealing.seal:
        assert sealing.unseal(contribution=text).state == State.INSIDE


def test_a_withdrawn_one_is_read_by_its_author_and_hosts_of_the_group_alone(
    group, text, amina, femi, beatriz
):
    host = cast.with_second_factor(femi)
    within.belongs(group, host, within.Role.HOST)
    actions.withdraw(contribution=text, by=amina)
    address = text.get_absolute_url()

    assert [client_of(one).get(address).status_code for one in (amina, host)] == [200, 200]
    assert client_of(beatriz).get(address).status_code == 404


def test_the_log_of_hosts_names_it_by_its_number_alone(group, text, femi, beatriz):
    host = cast.with_second_factor(femi)
    within.belongs(group, host, within.Role.HOST)
    reply = answer(contribution=text, author=host, body="We sang.", language="en")
    withdraw_reply(reply=reply, by=host)
    actions.withdraw(contribution=text, by=host)

    page = client_of(beatriz).get("/desk/log/").content.decode()

    assert f"discussion {text.pk}" in page
    assert "Our lanterns" not in page

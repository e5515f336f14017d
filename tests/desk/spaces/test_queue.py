"""The queue of a hub or group: its own hosts decide, by its own rule; nothing is lost, nothing is seen by others.
Run by pytest alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from exchange.contributions import actions
from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed
from exchange.contributions.models import Contribution, Decision, State
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.hubs import queueing
from exchange.hubs.models import Membership, Space
from exchange.members.models import Member
from tests import cast, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def femi(db: None) -> Member:
    """Hosts the group, and nothing else."""
    return cast.with_second_factor(cast.person("Femi", welcomed_at=now()))


@pytest.fixture
def group(amina: Member, femi: Member) -> Space:
    space = within.group(reads_first="everybody")
    within.belongs(space, amina)
    within.belongs(space, femi, within.Role.HOST)
    return space


def client_of(member: Member) -> Client:
    return cast.signed_in(Client(), member)


def reads(group: Space, rule: str) -> None:
    Space.objects.filter(pk=group.pk).update(reads_first=rule)
    group.refresh_from_db()


def test_hosts_of_a_group_decide_in_their_own_queue(group, amina, femi):
    row = within.written(group, amina)
    client = client_of(femi)

    page = client.get("/hubs/kitui/queue/").content.decode()
    address = f"/hubs/kitui/queue/contributions/{row.pk}/"
    done = client.post(address, {"what": "publish", "version": 1, "seen": 0})

    assert row.state == State.WAITING
    assert "What the lanterns showed us." in page
    assert done["Location"].startswith("/hubs/kitui/queue/")
    row.refresh_from_db()
    assert row.state == State.INSIDE


def test_held_with_a_note_it_stays_among_what_was_kept_back(group, amina, femi):
    row = within.written(group, amina)
    client = client_of(femi)
    address = f"/hubs/kitui/queue/contributions/{row.pk}/"

    empty = client.post(address, {"what": "hold", "version": 1, "seen": 0})
    client.post(address, {"what": "hold", "version": 1, "seen": 0, "note": "A kind word."})

    assert empty.status_code == 422
    assert Contribution.objects.get().state == State.HELD
    assert Decision.objects.get().by == femi
    assert address in client.get("/hubs/kitui/queue/").content.decode()


def test_answers_and_changes_wait_there_too(group, amina, femi):
    reads(group, "nobody")
    row = within.written(group, femi)
    reads(group, "everybody")
    row = Contribution.objects.get(pk=row.pk)
    reply = answer(contribution=row, author=amina, body="We sang first.", language="en")
    client = client_of(femi)

    page = client.get("/hubs/kitui/queue/").content.decode()
    client.post(
        f"/hubs/kitui/queue/answers/{reply.pk}/", {"what": "publish", "version": 1, "seen": 0}
    )

    assert "We sang first." in page
    assert Reply.objects.get().state == State.INSIDE


def test_a_change_of_what_stands_waits_and_the_text_stays(group, amina, femi):
    reads(group, "nobody")
    row = within.written(group, amina)
    reads(group, "everybody")
    row = Contribution.objects.get(pk=row.pk)
    changed = Content(title="Our lanterns", body="Other words now.")
    assert not actions.revise(contribution=row, content=changed, by=amina, version=1)
    revision = row.revisions.get(state=State.WAITING)
    client = client_of(femi)

    assert "Other words now." in client.get("/hubs/kitui/queue/").content.decode()
    client.post(f"/hubs/kitui/queue/changes/{revision.pk}/", {"what": "publish", "version": 2})

    row.refresh_from_db()
    assert (row.body, row.state) == ("Other words now.", State.INSIDE)


def test_members_hosts_of_other_groups_and_hosts_of_the_exchange_find_no_queue(
    group, amina, femi, beatriz, desta, visitor
):
    row = within.written(group, amina)
    other = cast.with_second_factor(cast.person("Other", welcomed_at=now()))
    within.belongs(within.group("machakos"), other, within.Role.HOST)

    for path in ("/hubs/kitui/queue/", f"/hubs/kitui/queue/contributions/{row.pk}/"):
        for member in (amina, beatriz, desta, other):
            assert client_of(member).get(path).status_code == 404
        assert visitor.get(path).status_code == 302
    wrong = f"/hubs/machakos/queue/contributions/{row.pk}/"
    assert client_of(other).get(wrong).status_code == 404
    assert client_of(femi).get("/desk/").status_code == 404


def test_without_a_second_factor_a_host_is_led_to_it(group, amina):
    within.belongs(group, amina, within.Role.HOST)

    answer_to = client_of(amina).get("/hubs/kitui/queue/")

    assert answer_to.status_code == 302


def test_the_desk_leaves_it_to_them_for_a_day_and_then_looks_after_it(group, amina, beatriz):
    row = within.written(group, amina)
    client = client_of(beatriz)

    at_first = client.get("/desk/").content.decode()
    Contribution.objects.filter(pk=row.pk).update(submitted_at=now() - timedelta(hours=25))
    later = client.get("/desk/").content.decode()

    assert "Our lanterns" not in at_first
    assert "Our lanterns" in later
    assert "Kitui workshop" in later


def test_where_nobody_hosts_the_desk_looks_at_once(amina, beatriz):
    space = within.group(reads_first="everybody")
    within.belongs(space, amina)
    within.written(space, amina)

    assert "Our lanterns" in client_of(beatriz).get("/desk/").content.decode()


def test_the_desk_never_shows_what_stands_inside_beside_what_waits(group, amina, femi, beatriz):
    reads(group, "nobody")
    row = within.written(group, femi, title="Zebrafinch", body="Quokkatea.")
    row = Contribution.objects.get(pk=row.pk)
    changed = Content(title="New title", body="Other words now.")
    reads(group, "everybody")
    within.belongs(group, femi, within.Role.MEMBER)
    row = Contribution.objects.get(pk=row.pk)
    actions.revise(contribution=row, content=changed, by=Member.objects.get(pk=femi.pk), version=1)
    answer(contribution=row, author=amina, body="We sang first.", language="en")

    page = client_of(beatriz).get("/desk/").content.decode()

    assert "We sang first." in page
    assert "Other words now." in page
    assert "Zebrafinch" not in page
    assert "Quokkatea" not in page


@pytest.mark.parametrize(
    ("rule", "states"),
    [
        ("nobody", ["inside", "inside"]),
        ("new", ["waiting", "inside"]),
        ("everybody", ["waiting"] * 2),
    ],
)
def test_a_group_says_whose_words_are_read_first(group, amina, femi, rule, states):
    reads(group, rule)
    first = within.written(group, amina)
    found = [str(first.state)]
    if first.state == State.WAITING:
        actions.publish(contribution=first, by=femi, version=1)
    amina = Member.objects.get(pk=amina.pk)

    found.append(str(within.written(group, amina, title="Our drums").state))

    assert found == states


def test_a_newcomer_whom_its_hosts_took_in_need_not_wait_and_is_not_counted(group, chen, femi):
    reads(group, "nobody")
    within.belongs(group, chen)
    assert within.written(group, chen).state == State.WAITING
    within.belongs(group, chen, by=femi)

    for number in range(5):
        assert within.written(group, chen, title=f"Talk {number}").state == State.INSIDE
    assert chen.is_newcomer


def test_letting_out_welcomes_inside_and_not_everywhere(group, chen, femi):
    within.belongs(group, chen)
    row = within.written(group, chen)

    actions.publish(contribution=row, by=femi, version=1)

    assert Membership.objects.get(member=chen).trusted_at is not None
    assert Member.objects.get(pk=chen.pk).is_newcomer


def test_a_gate_that_holds_counts_in_every_group(group, amina):
    reads(group, "nobody")
    content = {"body": "Call Wanjiku on +254 712 345 678.", "title": "Our lanterns"}

    with pytest.raises(Noticed):
        within.written(group, amina, **content)


def test_other_rooms_put_what_waits_into_the_same_queue(group, femi, monkeypatch: Any):
    one = queueing.Waits("Notes of the meeting", "/hubs/kitui/", now())
    monkeypatch.setattr(queueing, "_looks", [lambda space, host: [one]])

    assert "Notes of the meeting" in client_of(femi).get("/hubs/kitui/queue/").content.decode()
    assert "(1)" in client_of(femi).get("/hubs/kitui/").content.decode()

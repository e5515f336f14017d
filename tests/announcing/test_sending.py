"""Followers are told once of what is out, changed or taken back; servers that are away or gone.
Another server stands on loopback. Run by pytest alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.announcing.fediverse import actions
from exchange.announcing.models import Actor, Announcement, Follower, Inbox, Parcel
from exchange.contributions import sealing
from exchange.contributions.actions import let_back, revise, submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery
from tests.announcing.conftest import OURS, due_again, follow
from tests.announcing.instance import send, signed
from tests.webinars.conftest import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(other, knock):
    """Two people of one server follow, and have heard that they may."""
    for name in ("kofi", "ama"):
        who = other.person(name)
        knock(signed(follow(who), to=f"{OURS}inbox/", key_id=f"{who}#main-key"))
    worker.run_until_idle()
    other.taken.clear()
    return other


def test_two_followers_of_one_server_are_one_letter(followed, publish):
    row = publish("Fathers & mothers <at> the table")
    worker.run_until_idle()

    create = followed.taken[0]
    assert followed.kinds() == ["Create"]
    assert create["inbox"] == "/inbox"
    item = create["object"]
    assert item["type"] == "Note"
    assert "Fathers &amp; mothers &lt;at&gt; the table" in item["content"]
    assert item["contentMap"] == {"en": item["content"]}
    assert item["url"] == f"http://testserver{row.get_absolute_url()}"
    assert item["to"] == ["https://www.w3.org/ns/activitystreams#Public"]
    assert [tag["type"] for tag in item["tag"]] == ["Hashtag"]
    assert "Beatriz" not in str(create)
    assert followed.refused == 0


def test_what_was_told_is_not_told_again(followed, publish):
    publish()
    worker.run_until_idle()
    Delivery.objects.filter(consumer="announcing.to_inbox").update(
        state="queued", run_after=now(), attempts=0
    )
    worker.run_until_idle()

    assert followed.kinds() == ["Create"]


def test_a_change_and_the_end_follow(followed, publish, beatriz):
    row = publish()
    worker.run_until_idle()
    content = Content(title="Fathers at the fire", body="Evenings helped.")
    assert revise(contribution=row, content=content, by=beatriz, version=row.version)
    worker.run_until_idle()
    withdraw(contribution=row, by=beatriz)
    worker.run_until_idle()

    assert followed.kinds() == ["Create", "Update", "Delete"]
    create, update, delete = followed.taken
    assert "Fathers at the fire" in update["object"]["content"]
    assert update["object"]["updated"]
    assert update["object"]["id"] == create["object"]["id"] == delete["object"]["id"]
    assert delete["object"] == {"id": create["object"]["id"], "type": "Tombstone"}
    assert "ire" not in str(delete["object"])
    assert len({one["id"] for one in followed.taken}) == 3
    assert not Parcel.objects.exists()


@pytest.mark.parametrize("act", [sealing.seal, sealing.hold_for_reports, sealing.withdraw_sealed])
def test_what_is_sealed_or_held_is_taken_back_there(followed, publish, act):
    row = publish()
    worker.run_until_idle()
    act(contribution=row)
    worker.run_until_idle()

    assert followed.kinds() == ["Create", "Delete"]


def test_what_is_let_out_again_is_a_new_one(followed, publish, desta):
    row = publish()
    worker.run_until_idle()
    withdraw(contribution=row, by=desta)
    worker.run_until_idle()
    let_back(contribution=row, by=desta)
    worker.run_until_idle()

    assert followed.kinds() == ["Create", "Delete", "Create"]
    assert followed.taken[0]["object"]["id"] != followed.taken[2]["object"]["id"]


def test_unsealed_it_is_told_anew(followed, publish):
    row = publish()
    worker.run_until_idle()
    sealing.seal(contribution=row)
    worker.run_until_idle()
    sealing.unseal(contribution=Contribution.objects.get(pk=row.pk))
    worker.run_until_idle()

    assert followed.kinds() == ["Create", "Delete", "Create"]


def test_taken_back_before_it_went_it_never_goes(followed, publish, beatriz):
    followed.status = 503
    row = publish()
    worker.run_until_idle()
    withdraw(contribution=row, by=beatriz)
    followed.status = 202
    due_again()
    worker.run_until_idle()

    assert followed.kinds() == ["Delete"]


def test_members_words_pretended_ones_and_drafts_are_never_told(followed, publish, amina, beatriz):
    submit(kind="question", content=Content(title="How?", body="How do you?"), author=amina)
    submit(kind="discussion", content=Content(title="So", body="Let us talk."), author=beatriz)
    beatriz.is_demo = True
    publish()
    worker.run_until_idle()

    assert followed.kinds() == []
    assert not Announcement.objects.exists()


def test_a_webinar_says_its_hour(followed, beatriz):
    planned(beatriz)
    worker.run_until_idle()

    assert "Nairobi" in followed.taken[0]["object"]["content"]
    assert "East Africa" in followed.taken[0]["object"]["content"]


def test_a_server_that_is_away_is_tried_for_two_days_then_left(followed, publish):
    followed.status = 503
    publish()
    worker.run_until_idle()
    row = Delivery.objects.get(consumer="announcing.to_inbox")
    assert (row.state, row.last_error) == ("queued", "inbox-answered-503")
    assert Inbox.objects.get().failing_since

    record_as_old(row)
    due_again()
    worker.run_until_idle()
    row = Delivery.objects.get(pk=row.pk)
    # Quietly: a host can do nothing about a server elsewhere.
    assert row.state == "done"
    actions.look_after(moment=now() + timedelta(days=15))
    assert not Follower.objects.exists()


def record_as_old(delivery):
    """The event of a delivery as if it were three days old; the ledger itself changes none."""
    from django.db import connection

    with connection.cursor() as cursor:
        at = timezone.now() - timedelta(days=3)
        cursor.execute("UPDATE ledger_event SET at = %s WHERE id = %s", [at, delivery.event_id])


def test_it_comes_back_and_gets_what_it_missed(followed, publish):
    followed.status = 500
    publish()
    worker.run_until_idle()
    followed.status = 202
    due_again()
    worker.run_until_idle()

    assert followed.kinds() == ["Create"]
    assert Inbox.objects.get().failing_since is None


@pytest.mark.parametrize("status", [404, 410])
def test_a_server_that_is_gone_is_forgotten_for_good(followed, publish, status):
    followed.status = status
    publish()
    worker.run_until_idle()

    assert not Inbox.objects.exists()
    assert not Follower.objects.exists()


def test_a_server_that_refuses_is_not_asked_again(followed, publish):
    followed.status = 403
    publish()
    worker.run_until_idle()

    assert Delivery.objects.get(consumer="announcing.to_inbox").state == "done"
    assert Follower.objects.count() == 2


def test_switched_off_nothing_new_is_told_but_what_is_taken_back_is(followed, publish, beatriz):
    first = publish("One")
    worker.run_until_idle()
    actions.switch_off(by=beatriz)
    publish("Two")
    withdraw(contribution=first, by=beatriz)
    worker.run_until_idle()

    assert followed.kinds() == ["Create", "Delete"]


def test_who_was_told_and_has_left_hears_that_it_was_taken_back(followed, publish, beatriz):
    row = publish()
    worker.run_until_idle()
    for one in list(Follower.objects.all()):
        actions.forget_follower(actor=one.actor)
    withdraw(contribution=row, by=beatriz)
    worker.run_until_idle()

    assert followed.kinds() == ["Create", "Delete"]


def test_a_server_kept_out_is_told_nothing(followed, publish, beatriz):
    publish()
    actions.block(domain="127.0.0.1", by=beatriz)
    worker.run_until_idle()

    assert followed.kinds() == []


def test_a_bulk_letter_lets_everything_else_go_first(followed, publish):
    publish()
    worker.run_until_idle()

    ranks = Delivery.objects.filter(consumer="announcing.to_inbox").values_list("rank", flat=True)
    assert list(ranks) == [Delivery.Rank.BULK]


@pytest.mark.django_db(transaction=True)
def test_a_whole_life_over_the_wire(live_server, settings, other, publish, beatriz):
    """Follows, gets what is out, changed and taken back, and stops: two servers, real sockets."""
    settings.BASE_URL = live_server.url
    ours = f"{live_server.url}/fediverse/exchange/"
    who = other.person("kofi")
    key_id = f"{who}#main-key"
    assert send(signed(follow(who, to=ours), to=f"{ours}inbox/", key_id=key_id)) == 202
    worker.run_until_idle()
    row = publish()
    worker.run_until_idle()
    content = Content(title="Other words", body="Evenings helped.")
    revise(contribution=row, content=content, by=beatriz, version=row.version)
    worker.run_until_idle()
    withdraw(contribution=row, by=beatriz)
    worker.run_until_idle()
    undo = {"id": f"{who}#undo", "type": "Undo", "actor": who, "object": follow(who, to=ours)}
    assert send(signed(undo, to=f"{ours}inbox/", key_id=key_id)) == 202
    publish("Nobody hears of it")
    worker.run_until_idle()

    assert other.kinds() == ["Accept", "Create", "Update", "Delete"]
    assert (other.refused, Follower.objects.count(), Actor.objects.count()) == (0, 0, 1)
    assert send(signed(follow(who, to=ours), to=f"{ours}inbox/", key_id=key_id, number=1)) == 401

"""What other servers ask: the account, the outbox, one publication; and what they are not told.
Run by pytest alone."""

import json

import pytest

from exchange.announcing.fediverse import actions, papers
from exchange.announcing.models import Announcement
from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.ledger import worker
from tests.announcing.conftest import OURS

pytestmark = pytest.mark.django_db
EVERY = (
    "/.well-known/webfinger?resource=acct:exchange@testserver",
    "/.well-known/host-meta",
    "/.well-known/nodeinfo",
    "/fediverse/nodeinfo/2.0/",
    "/fediverse/nodeinfo/2.1/",
    "/fediverse/exchange/",
    "/fediverse/exchange/outbox/",
    "/fediverse/exchange/followers/",
)


def read(client, address, accept="application/activity+json"):
    answer = client.get(address, headers={"Accept": accept})
    assert answer.status_code == 200, address
    return json.loads(answer.content)


@pytest.mark.parametrize("address", EVERY)
def test_while_it_is_off_there_is_nothing(visitor, account, beatriz, address):
    assert visitor.get(address).status_code == 200

    actions.switch_off(by=beatriz)

    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("resource", "status"),
    [
        ("acct:exchange@testserver", 200),
        ("acct:Exchange@TestServer", 200),
        (OURS, 200),
        ("http://testserver/", 200),
        ("acct:other@testserver", 404),
        ("acct:exchange@elsewhere.example", 404),
        ("", 400),
    ],
)
def test_the_account_is_found_by_its_name(visitor, account, resource, status):
    answer = visitor.get("/.well-known/webfinger", {"resource": resource})

    assert answer.status_code == status
    if status == 200:
        told = json.loads(answer.content)
        assert answer["Content-Type"] == "application/jrd+json"
        assert told["subject"] == "acct:exchange@testserver"
        assert {
            "rel": "self",
            "type": "application/activity+json",
            "href": OURS,
        } in told["links"]


def test_the_account_says_what_is_needed(visitor, account):
    told = read(visitor, "/fediverse/exchange/")

    assert (told["id"], told["type"], told["preferredUsername"]) == (OURS, "Service", "exchange")
    assert told["inbox"] == told["endpoints"]["sharedInbox"] == f"{OURS}inbox/"
    assert told["publicKey"]["owner"] == OURS
    assert told["publicKey"]["publicKeyPem"].startswith("-----BEGIN PUBLIC KEY-----")
    assert told["icon"]["url"] == "http://testserver/webinars/podcast.png"
    assert visitor.get("/webinars/podcast.png").status_code == 200
    assert "PRIVATE" not in str(told)


def test_one_address_never_answers_both_as_page_and_as_json(visitor, account, publish):
    """A browser is led elsewhere, and no answer is kept for the other."""
    publish()
    worker.run_until_idle()
    key = Announcement.objects.get().key
    for address in ("/fediverse/exchange/", f"/fediverse/items/{key}/"):
        for _twice in range(2):
            page = visitor.get(address, headers={"Accept": "text/html,*/*"})
            assert page.status_code == 302
            assert "Accept" in page["Vary"].split(", ")
            again = visitor.get(address, headers={"Accept": "application/ld+json"})
            assert again["Content-Type"] == "application/activity+json"
            assert "no-cache" in again["Cache-Control"]


def test_the_outbox_has_pages_with_the_newest_first(visitor, account, publish, monkeypatch):
    monkeypatch.setattr(papers, "PAGE", 2)
    for title in ("One", "Two", "Three"):
        publish(title)
    worker.run_until_idle()
    head = read(visitor, "/fediverse/exchange/outbox/")
    first = read(visitor, "/fediverse/exchange/outbox/?page=1")
    second = read(visitor, "/fediverse/exchange/outbox/?page=2")

    assert (head["totalItems"], head["first"]) == (3, f"{OURS}outbox/?page=1")
    assert [one["type"] for one in first["orderedItems"]] == ["Create", "Create"]
    assert "Three" in first["orderedItems"][0]["object"]["content"]
    assert first["next"] == f"{OURS}outbox/?page=2"
    assert "One" in second["orderedItems"][0]["object"]["content"]
    assert "next" not in second
    for page in ("0", "x", "٢", "99999999"):
        answer = visitor.get("/fediverse/exchange/outbox/", {"page": page})
        assert answer.status_code == 404


def test_a_page_of_the_outbox_asks_as_little_for_many(
    visitor, account, publish, django_assert_max_num_queries
):
    for number in range(6):
        publish(f"Number {number}")
    worker.run_until_idle()

    with django_assert_max_num_queries(8):
        read(visitor, "/fediverse/exchange/outbox/?page=1")


def test_what_is_withdrawn_is_gone_at_once_and_leaves_a_tombstone(
    visitor, account, publish, beatriz
):
    row = publish("A title")
    worker.run_until_idle()
    address = f"/fediverse/items/{Announcement.objects.get().key}/"
    assert "A title" in read(visitor, address)["content"]
    withdraw(contribution=row, by=beatriz)

    # The worker has not been here yet.
    answer = visitor.get(address)
    assert answer.status_code == 410
    assert json.loads(answer.content)["type"] == "Tombstone"
    assert b"title" not in answer.content
    assert read(visitor, "/fediverse/exchange/outbox/?page=1")["orderedItems"] == []
    worker.run_until_idle()
    assert visitor.get(address).status_code == 410


def test_from_a_page_to_its_publication(visitor, account, publish, beatriz):
    row = publish()
    worker.run_until_idle()
    address = f"/fediverse/of/{row.pk}/"
    item = f"http://testserver/fediverse/items/{Announcement.objects.get().key}/"

    assert visitor.get(address)["Location"] == item
    assert visitor.get("/fediverse/of/999999/").status_code == 404
    withdraw(contribution=row, by=beatriz)
    assert visitor.get(address).status_code == 404


def test_of_followers_only_how_many(visitor, account):
    told = read(visitor, "/fediverse/exchange/followers/")

    assert (told["totalItems"], "first" in told, "orderedItems" in told) == (0, False, False)


@pytest.mark.parametrize(
    ("label", "tag"),
    [
        ("Child participation", "#ChildParticipation"),
        ("Food, work & money", "#FoodWorkMoney"),
        ("حماية الطفل", "#حمايةالطفل"),
    ],
)
def test_a_topic_becomes_one_word(label, tag):
    assert papers.hashtag(label) == tag


def test_pages_of_hosts_words_say_where_they_stand_for_servers(
    visitor, account, publish, beatriz, amina, django_capture_on_commit_callbacks
):
    row = publish()
    asked = submit(kind="question", content=Content(title="How?", body="How?"), author=amina)
    link = f'href="http://testserver/fediverse/of/{row.pk}/"'

    assert link in visitor.get(row.get_absolute_url()).content.decode()
    assert "activity+json" not in visitor.get(asked.get_absolute_url()).content.decode()
    for page in ("/briefs/", "/newsletters/"):
        assert "@exchange@testserver" in visitor.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        actions.switch_off(by=beatriz)
    assert link not in visitor.get(row.get_absolute_url()).content.decode()
    assert "@exchange@testserver" not in visitor.get("/briefs/").content.decode()

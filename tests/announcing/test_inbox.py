"""The inbox: who may follow and stop, and everything that is forged, old, large or none of ours.
Another server stands on loopback with keys of its own. Run by pytest alone."""

import threading
from datetime import timedelta

import pytest

from exchange.announcing.fediverse import actions, asking, pace
from exchange.announcing.models import Actor, Follower, Inbox, Seen
from exchange.core import reaching
from exchange.core.time import now
from exchange.ledger import worker
from tests.announcing.conftest import OURS, follow
from tests.announcing.instance import signed

pytestmark = pytest.mark.django_db
INBOX = f"{OURS}inbox/"


@pytest.fixture
def kofi(other):
    """Somebody at the other server."""
    return other.person("kofi")


def wish(who, **given):
    return signed(follow(who), to=INBOX, key_id=f"{who}#main-key", **given)


def test_who_follows_is_kept_to_deliver_to_and_told_so(knock, other, kofi):
    assert knock(wish(kofi)) == 202
    worker.run_until_idle()

    row = Follower.objects.get()
    assert (row.actor, row.inbox.url, row.inbox.is_shared) == (kofi, f"{other.base}/inbox", True)
    assert [one["type"] for one in other.taken] == ["Accept"]
    accepted = other.taken[0]
    assert accepted["inbox"] == "/users/kofi/inbox"
    assert accepted["object"] == follow(kofi)
    assert accepted["actor"] == OURS
    assert other.refused == 0


def test_to_follow_twice_is_to_follow_once_and_hear_it_twice(knock, other, kofi):
    knock(wish(kofi))
    knock(wish(kofi, at=now() - timedelta(seconds=9)))
    worker.run_until_idle()

    assert Follower.objects.count() == 1
    assert other.kinds() == ["Accept", "Accept"]


def test_hs2019_is_read_as_what_it_means_for_such_a_key(knock, kofi):
    assert knock(wish(kofi, algorithm="hs2019")) == 202
    assert Follower.objects.exists()


@pytest.mark.parametrize("whole", [True, False])
def test_who_stops_is_erased(knock, kofi, whole):
    knock(wish(kofi))
    about = follow(kofi) if whole else follow(kofi)["id"]
    undo = {"id": f"{kofi}#undo", "type": "Undo", "actor": kofi, "object": about}

    assert knock(signed(undo, to=INBOX, key_id=f"{kofi}#main-key")) == 202
    assert not Follower.objects.exists()
    # The inbox for everybody there says nothing about a person.
    assert Inbox.objects.count() == 1


@pytest.mark.parametrize("name", ["\0", "\ud800", "\n"])
def test_a_name_that_no_table_takes_is_left_out(knock, kofi, name):
    paper = {**follow(kofi), "id": f"{kofi}#{name}"}
    assert knock(signed(paper, to=INBOX, key_id=f"{kofi}#main-key")) == 202
    assert Follower.objects.get().follow == ""


def test_an_inbox_of_ones_own_goes_with_its_owner(knock, other):
    ama = other.person("ama", endpoints={})
    knock(wish(ama))
    undo = {"id": f"{ama}#undo", "type": "Undo", "actor": ama, "object": follow(ama)}
    assert Inbox.objects.get().url == f"{ama}/inbox"

    knock(signed(undo, to=INBOX, key_id=f"{ama}#main-key"))

    assert not Inbox.objects.exists()


@pytest.mark.parametrize("number", [0, 1])
def test_who_is_gone_is_erased_also_when_their_key_went_with_them(knock, other, kofi, number):
    knock(wish(kofi))
    other.gone.add("kofi")
    gone = {"id": f"{kofi}#delete", "type": "Delete", "actor": kofi, "object": kofi}

    assert knock(signed(gone, to=INBOX, key_id=f"{kofi}#main-key", number=number)) == 202
    assert not Follower.objects.exists()


def test_nobody_else_can_have_somebody_erased(knock, other, kofi):
    knock(wish(kofi))
    other.person("eve", number=1)
    gone = {"id": f"{kofi}#delete", "type": "Delete", "actor": kofi, "object": kofi}

    assert knock(signed(gone, to=INBOX, key_id=f"{kofi}#main-key", number=1)) == 401
    assert knock(signed(gone, to=INBOX, key_id=f"{other.base}/users/eve#main-key", number=1)) == 401
    assert Follower.objects.exists()


def test_unsigned_is_refused(knock, kofi):
    bare = wish(kofi)
    del bare.headers["Signature"]

    assert knock(bare) == 401
    assert not Follower.objects.exists()


def spoil(what):
    """Make one thing wrong with a request."""

    def body(post):
        post.body = post.body.replace(b"Follow", b"follow")

    def digest(post):
        del post.headers["Digest"]

    def host(post):
        post.headers["Host"] = "elsewhere.example"

    def date(post):
        post.headers["Date"] = "yesterday"

    def signature(post):
        post.headers["Signature"] = post.headers["Signature"].replace('signature="', 'signature="A')

    return locals()[what]


@pytest.mark.parametrize("what", ["body", "digest", "host", "date", "signature"])
def test_whatever_was_changed_on_the_way_is_refused(knock, kofi, what):
    post = wish(kofi)
    spoil(what)(post)

    assert knock(post) == 401
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    "names",
    [
        "(request-target) host date content-type",
        "host date digest",
        "(request-target) date digest",
        "(request-target) host digest",
        "(request-target) host date digest digest",
    ],
)
def test_what_must_be_signed_must_be_signed(knock, other, kofi, names):
    assert knock(wish(kofi, names=names)) == 401
    # Nobody's server was asked about it.
    assert other.asked == []


@pytest.mark.parametrize(("minutes", "status"), [(-59, 202), (59, 202), (-61, 401), (61, 401)])
def test_an_hour_either_way_is_near_enough(knock, kofi, minutes, status):
    assert knock(wish(kofi, at=now() + timedelta(minutes=minutes))) == status


def test_another_key_is_refused_after_one_more_question(knock, other, kofi):
    assert knock(wish(kofi, number=1)) == 401
    assert other.asked == ["/users/kofi"]


def test_a_key_that_was_changed_is_asked_for_once_more(knock, other, kofi):
    knock(wish(kofi))
    other.person("kofi", number=1)

    assert knock(wish(kofi, number=1)) == 202
    assert len(other.asked) == 2
    undo = {"id": f"{kofi}#undo", "type": "Undo", "actor": kofi, "object": follow(kofi)}
    assert knock(signed(undo, to=INBOX, key_id=f"{kofi}#main-key", number=1)) == 202
    assert len(other.asked) == 2


def test_nobody_signs_for_another(knock, other, kofi):
    eve = other.person("eve", number=1)

    assert knock(signed(follow(kofi), to=INBOX, key_id=f"{eve}#main-key", number=1)) == 401
    asking.forget()
    # Somebody who says that another's key is theirs.
    other.people["kofi"]["publicKey"]["owner"] = eve
    assert knock(wish(kofi)) == 401
    assert not Follower.objects.exists()


def test_a_key_on_another_server_is_not_asked_for(knock, other, kofi):
    post = signed(follow(kofi), to=INBOX, key_id="https://evil.example/key")

    assert knock(post) == 401
    assert other.asked == []


def test_an_inbox_on_another_server_is_nobodys_wish(knock, other):
    eve = other.person("eve", inbox="https://victim.example/inbox")

    assert knock(wish(eve)) == 401
    ama = other.person("ama", endpoints={"sharedInbox": "https://victim.example/inbox"})
    assert knock(wish(ama)) == 202
    assert Inbox.objects.get().url == f"{ama}/inbox"


def test_the_same_words_once_more_do_nothing(knock, kofi):
    first = wish(kofi)
    knock(first)
    actions.forget_follower(actor=kofi)

    assert knock(first) == 202
    assert not Follower.objects.exists()
    actions.look_after(moment=now() + timedelta(hours=3))
    assert not Seen.objects.exists()


def test_what_is_none_of_our_business_is_forgotten_and_nobody_is_asked(knock, other, kofi):
    like = {"id": f"{kofi}#like", "type": "Like", "actor": kofi, "object": OURS}
    reply = {"type": "Create", "actor": kofi, "object": {"type": "Note", "content": "<b>Hi</b>"}}
    gone = {"type": "Delete", "actor": kofi, "object": kofi}
    elsewhere = follow(kofi, to="http://testserver/fediverse/another/")

    for activity in (like, reply, gone, elsewhere):
        assert knock(signed(activity, to=INBOX, key_id=f"{kofi}#main-key")) == 202
    assert other.asked == []
    assert not Seen.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 60_000, b'{"a":' * 10_000, b'{"type": "Follow"}'],
)
def test_what_is_no_activity_is_refused(knock, kofi, body):
    assert knock(signed(body, to=INBOX, key_id=f"{kofi}#main-key")) in (400, 401, 415)


def test_too_much_and_what_is_no_json_is_refused_unread(knock, kofi):
    assert knock(signed(b" " * 64_001, to=INBOX, key_id="x")) == 413
    post = wish(kofi)
    post.headers["Content-Type"] = "text/plain"
    assert knock(post) == 415


def test_it_takes_posts_alone_and_only_while_it_is_on(knock, visitor, kofi, beatriz):
    assert visitor.get("/fediverse/exchange/inbox/").status_code == 405
    assert knock(signed(follow(kofi), to=INBOX.replace("exchange", "other"), key_id="x")) == 404
    actions.switch_off(by=beatriz)
    assert knock(wish(kofi)) == 404


def leads_here(handler):
    handler.send_response(302)
    handler.send_header("Location", f"http://{handler.headers['Host']}/users/kofi")
    handler.end_headers()


def says_too_much(handler):
    handler.send_response(200)
    handler.end_headers()
    for _piece in range(160):
        handler.wfile.write(b" " * 65_536)


def nests(handler):
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"[" * 200_000)


@pytest.mark.parametrize("trouble", [leads_here, says_too_much, nests])
def test_a_server_that_misbehaves_is_not_believed(knock, other, kofi, trouble):
    other.trouble = trouble

    assert knock(wish(kofi)) == 401
    assert not Follower.objects.exists()


def test_a_slow_server_is_not_waited_for(knock, other, kofi, monkeypatch):
    over = threading.Event()

    def drips(handler):
        handler.send_response(200)
        handler.end_headers()
        while not over.wait(0.05):
            handler.wfile.write(b" ")

    other.trouble = drips
    monkeypatch.setattr(asking, "SECONDS", 0.4)

    assert knock(wish(kofi)) == 401
    over.set()


def test_while_two_are_asked_a_third_comes_again_later(knock, kofi, monkeypatch):
    monkeypatch.setattr(asking, "_turns", threading.BoundedSemaphore(1))
    with asking._turns:
        assert knock(wish(kofi)) == 503
    assert knock(wish(kofi)) == 202


def test_in_production_no_server_on_this_machine_is_asked(knock, other, kofi, settings):
    settings.PRODUCTION = True
    settings.SECURE_PROXY_SSL_HEADER = None
    with pytest.raises(reaching.NotReached, match="https"):
        reaching.ask(kofi, headers={})
    with pytest.raises(reaching.NotReached, match="public"):
        reaching.ask(kofi.replace("http:", "https:"), headers={})
    assert other.asked == []


def test_a_server_that_is_kept_out_is_forgotten_and_refused(knock, other, kofi, beatriz):
    knock(wish(kofi))
    worker.run_until_idle()
    actions.block(domain="127.0.0.1", by=beatriz)

    assert not Follower.objects.exists()
    assert not Inbox.objects.exists()
    assert knock(wish(kofi)) == 403
    actions.unblock(domain="127.0.0.1", by=beatriz)
    assert knock(wish(kofi, at=now() - timedelta(seconds=5))) == 202


def test_one_server_cannot_do_without_end(knock, kofi, monkeypatch):
    monkeypatch.setitem(pace.MOST, pace.DONE, 1)
    knock(wish(kofi))

    assert knock(wish(kofi, at=now() - timedelta(seconds=5))) == 429


def test_there_is_an_end_to_followers(knock, other, kofi, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OF_ONE_SERVER", 1)
    knock(wish(kofi))

    assert knock(wish(other.person("ama"))) == 429
    assert knock(wish(kofi, at=now() - timedelta(seconds=5))) == 202


def test_without_its_key_nobody_is_let_in_until_a_host_makes_another(knock, kofi, beatriz):
    Actor.objects.update(private_key="locked with another")
    assert knock(wish(kofi)) == 503

    actions.fresh_key(by=beatriz)
    assert knock(wish(kofi)) == 202

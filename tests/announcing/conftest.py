"""What the tests of announcing begin with: hosts' words to publish, the account, another server.
Read by pytest alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from exchange.announcing.fediverse import actions, asking, pace, signing
from exchange.announcing.models import Actor
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.ledger.models import Delivery
from exchange.members.models import Member
from tests.announcing import instance
from tests.announcing.instance import Instance, Post

OURS = "http://testserver/fediverse/exchange/"


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    asking.forget()
    pace.forget()
    yield
    asking.forget()


@pytest.fixture(scope="session", autouse=True)
def _keys_are_made_once() -> Iterator[None]:
    made = signing.fresh_keys()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "fresh_keys", lambda: made)
        yield


@pytest.fixture
def publish(beatriz: Member) -> Callable[..., Contribution]:
    """Let a brief out, by a host."""

    def do(title: str = "Fathers at the table", **other: Any) -> Contribution:
        given = {"body": "Evenings helped most.", "topics": ("child-participation",), **other}
        return submit(kind="brief", content=Content(title=title, **given), author=beatriz)

    return do


@pytest.fixture
def account(beatriz: Member) -> Actor:
    """Switched on."""
    return actions.switch_on(
        handle="exchange", name="The Exchange", summary="What hosts publish.", by=beatriz
    )


@pytest.fixture
def other(account: Actor) -> Iterator[Instance]:
    """Another server, which knows the key of our account."""
    with instance.running() as server:
        # Its threads do not see what a test has not committed.
        known = account.public_key
        server.find_key = lambda _key_id: known
        yield server


@pytest.fixture
def knock() -> Callable[[Post], int]:
    """Hand a request to our inbox; the status of the answer."""

    def do(post: Post) -> int:
        headers = {k: v for k, v in post.headers.items() if k != "Content-Type"}
        kind = post.headers.get("Content-Type", instance.TYPE)
        path = "/" + post.url.partition("://")[2].partition("/")[2]
        answer = Client().post(path, post.body, content_type=kind, headers=headers)
        return int(answer.status_code)

    return do


def follow(who: str, *, to: str = OURS, name: str = "1") -> dict[str, Any]:
    return {"id": f"{who}#follows-{name}", "type": "Follow", "actor": who, "object": to}


def due_again() -> None:
    """What waits to be tried again is due now."""
    Delivery.objects.filter(state="queued").update(run_after="2020-01-01T00:00:00Z")

"""Mentor pairs: both agree, a question a month, words that go to the other alone, an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from exchange.core import time
from exchange.hubs.belonging.actions import leave
from exchange.hubs.models import Membership, Pair, Space
from exchange.hubs.pairs import telling
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import apart
from exchange.members.models import Member
from tests.bymail import Post, settle_in, vouched
from tests.cast import person, with_second_factor
from tests.hubs.making import group, inside

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Client, Member], Client]


@pytest.fixture(autouse=True)
def _mail(settings: Any, tmp_path: Path) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def space(db: None) -> Space:
    return group()


@pytest.fixture
def zuri(space: Space) -> Member:
    host = with_second_factor(person("Zuri"))
    inside(space, host, "host")
    return host


@pytest.fixture
def both(space: Space, amina: Member, chen: Member) -> tuple[Membership, Membership]:
    return inside(space, amina), inside(space, chen)


@pytest.fixture
def pair(space: Space, amina: Member, chen: Member, both: Any) -> Pair:
    """One that lives already."""
    day = time.now()
    made: Pair = Pair.objects.create(
        space=space,
        first=amina,
        second=chen,
        state="living",
        first_agreed_at=day,
        second_agreed_at=day,
        next_on=day.date(),
    )
    return made


def _post(member: Member) -> Post:
    return Post.of(member, headers=vouched(member.email))


def test_it_begins_when_both_said_yes_one_by_mail_and_one_on_the_page(
    zuri: Member, amina: Member, chen: Member, both: Any, signed_in: SignedIn
) -> None:
    typed = {"first": both[0].pk, "second": both[1].pk}
    assert signed_in(Client(), zuri).post("/hubs/kampala/pairs/", typed).status_code == 302
    worker.run_until_idle()
    _post(amina).answer("Yes")
    assert Pair.objects.get().state == "asked"
    made = Pair.objects.get()
    signed_in(Client(), chen).post(f"/hubs/pairs/{made.pk}/", {"act": "yes"})
    worker.run_until_idle()
    assert Pair.objects.get().state == "living"
    assert "You and Chen write to each other now." in Post.of(amina).newest().text


def test_a_no_ends_it_and_tells_nobody(
    zuri: Member, amina: Member, chen: Member, both: Any, signed_in: SignedIn
) -> None:
    typed = {"first": both[0].pk, "second": both[1].pk}
    signed_in(Client(), zuri).post("/hubs/kampala/pairs/", typed)
    worker.run_until_idle()
    before = len(Post.of(chen).letters())
    _post(amina).answer("No")
    worker.run_until_idle()
    assert Pair.objects.get().state == "ended"
    assert len(Post.of(chen).letters()) == before


def test_the_question_of_the_month_goes_to_both_once_and_the_answer_to_the_other_alone(
    pair: Pair, amina: Member, chen: Member
) -> None:
    for _twice in range(2):
        telling.ask_due(at=time.now())
    assert OutgoingMail.objects.filter(purpose="space-pair").count() == 2
    worker.run_until_idle()
    assert "what stayed as it was?" in Post.of(amina).newest().text
    _post(amina).answer("We began with listening, and the committee meets again.")
    worker.run_until_idle()
    letter = Post.of(chen).newest()
    assert "the committee meets again" in letter.text
    assert amina.email not in letter.text + str(letter.headers)
    _post(chen).answer("That helps me: ours has stopped.")
    worker.run_until_idle()
    assert "ours has stopped" in Post.of(amina).newest().text
    telling.ask_due(at=time.now() + timedelta(weeks=4))
    assert "What was hard this month?" in Post.of(chen).newest().text


def test_words_that_point_to_a_child_are_not_carried(
    pair: Pair, amina: Member, chen: Member, signed_in: SignedIn
) -> None:
    words = "The girl Fatuma Achieng, 9, from Busia village, was beaten by her uncle."
    answer = signed_in(Client(), amina).post(
        f"/hubs/pairs/{pair.pk}/", {"act": "write", "words": words}
    )
    assert answer.status_code == 422
    assert "Fatuma Achieng" in answer.content.decode()
    assert not Post.of(chen).letters()


def test_the_host_sees_that_a_pair_lives_and_nothing_of_it(
    pair: Pair, zuri: Member, amina: Member, signed_in: SignedIn
) -> None:
    signed_in(Client(), amina).post(
        f"/hubs/pairs/{pair.pk}/", {"act": "write", "words": "Only for you"}
    )
    host = signed_in(Client(), zuri)
    shown = host.get("/hubs/kampala/pairs/").content.decode()
    assert "last wrote in" in shown
    assert "Only for you" not in shown
    assert host.get(f"/hubs/pairs/{pair.pk}/").status_code == 404


def test_pausing_stops_the_questions_and_leaving_the_group_ends_the_pair(
    pair: Pair, both: Any, amina: Member, chen: Member, signed_in: SignedIn
) -> None:
    signed_in(Client(), amina).post(f"/hubs/pairs/{pair.pk}/", {"act": "pause"})
    telling.ask_due(at=time.now())
    assert not OutgoingMail.objects.exists()
    leave(place=both[0])
    worker.run_until_idle()
    pair.refresh_from_db()
    assert pair.state == "ended"
    assert "do not get questions as a pair any more" in Post.of(chen).newest().text


def test_one_click_in_the_header_pauses_it_and_looking_does_not(pair: Pair, amina: Member) -> None:
    telling.ask_due(at=time.now())
    letter = OutgoingMail.objects.get(to_address=amina.email)
    stop = letter.headers["List-Unsubscribe"].split(">")[0]
    path = stop[stop.index("/hubs/") :]
    Client().get(path)
    pair.refresh_from_db()
    assert pair.is_living
    Client().post(path, {"List-Unsubscribe": "One-Click"})
    pair.refresh_from_db()
    assert pair.state == "paused"


def test_nothing_is_carried_between_two_who_are_kept_apart(
    pair: Pair, amina: Member, chen: Member, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_between", [lambda pk: [amina.pk, chen.pk]])
    answer = signed_in(Client(), amina).post(
        f"/hubs/pairs/{pair.pk}/", {"act": "write", "words": "Hello"}
    )
    assert answer.status_code == 422
    assert not Post.of(chen).letters()

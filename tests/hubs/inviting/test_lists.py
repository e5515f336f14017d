"""How a pasted list of addresses is read, and that nobody is written to twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from exchange.core import time
from exchange.hubs.belonging import actions as belonging
from exchange.hubs.inviting import actions, rules, telling
from exchange.hubs.models import Invitation, Membership, NotToBeAsked, Space
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import digest
from exchange.members.models import Member
from tests.bymail import Post, settle_in, vouched
from tests.cast import person, with_second_factor
from tests.hubs.making import group, inside

SignedIn = Callable[[Client, Member], Client]


@pytest.mark.parametrize(
    "pasted",
    [
        "ann@x.org\nben@x.org\ncho@x.org",
        "ann@x.org, ben@x.org, cho@x.org",
        "ann@x.org;ben@x.org ; cho@x.org;",
        'Ann Otieno <ann@x.org>, "Ben" <ben@x.org>\nCho Lee <CHO@X.ORG>',
        "1. ann@x.org\n2) Ben Okello ben@x.org\n- cho@x.org\n\n",
        "Ann\tann@x.org\nBen\tben@x.org\nCho\tcho@x.org\nann@x.org",
        "ann@x.org ben@x.org cho@x.org",
        "<mailto:ann@x.org> (ben@x.org) ‏cho@x.org",
    ],
)
def test_a_list_is_read_however_it_is_parted(pasted: str) -> None:
    read = rules.read(pasted)
    assert [one.address for one in read.people] == ["ann@x.org", "ben@x.org", "cho@x.org"]
    assert [one for one in read.wrong if "@" in one.typed] == []


def test_names_stay_with_their_address_and_what_is_wrong_is_shown_as_it_was_typed() -> None:
    read = rules.read("Mama Zuri <zuri@x.org>\nben at x.org\ncho@x\nzuri@x.org")
    assert [(one.name, one.address) for one in read.people] == [("Mama Zuri", "zuri@x.org")]
    assert [(one.typed, one.why) for one in read.wrong] == [
        ("ben at x.org", "no-address"),
        ("cho@x", "bad-address"),
    ]
    assert read.doubled == 1


pytestmark = pytest.mark.django_db


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


def _invite(client: Client, addresses: str, act: str = "list", language: str = "en") -> Any:
    typed = {"addresses": addresses, "language": language, "role": "member", "act": act}
    return client.post("/hubs/kampala/invite/", typed, follow=True)


def _letters() -> int:
    return int(OutgoingMail.objects.filter(purpose=telling.PURPOSE).count())


def test_twenty_five_in_one_paste_get_one_letter_each_and_a_second_paste_writes_to_nobody(
    zuri: Member, space: Space, signed_in: SignedIn
) -> None:
    browser = signed_in(Client(), zuri)
    pasted = "\n".join(f"Person {n} <person{n}@example.net>" for n in range(25))
    assert "25 letters are on their way." in _invite(browser, pasted).content.decode()
    worker.run_until_idle()
    assert _letters() == 25
    again = _invite(browser, pasted).content.decode()
    assert "25 were invited before" in again
    worker.run_until_idle()
    assert _letters() == 25
    letter = OutgoingMail.objects.get(to_address="person3@example.net")
    assert "Zuri invites you to belong to After Kampala" in letter.text
    assert "person4" not in letter.text
    assert "zuri@example.org" not in letter.text


def test_wrong_ones_are_shown_back_and_the_right_ones_can_go_alone(
    zuri: Member, signed_in: SignedIn
) -> None:
    browser = signed_in(Client(), zuri)
    answer = _invite(browser, "ann@example.net\nben@example")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "this is no whole e-mail address" in shown
    assert "ann@example.net" in shown
    assert not Invitation.objects.exists()
    after = _invite(browser, "ann@example.net\nben@example", act="rest").content.decode()
    assert "1 letter is on its way." in after
    assert "ben@example" in after


def test_only_hosts_invite_and_only_who_invited_sees_the_addresses(
    zuri: Member, amina: Member, space: Space, signed_in: SignedIn
) -> None:
    _invite(signed_in(Client(), zuri), "ann@example.net")
    inside(space, with_second_factor(amina), "host")
    other = signed_in(Client(), amina).get("/hubs/kampala/invite/").content.decode()
    assert "ann@example.net" not in other
    assert "1 has not answered" in other
    guest = person("Guest")
    inside(space, guest)
    assert signed_in(Client(), guest).get("/hubs/kampala/invite/").status_code == 404


def test_a_member_comes_in_by_answering_yes_and_is_trusted_there(
    zuri: Member, amina: Member, space: Space, signed_in: SignedIn
) -> None:
    shown = _invite(signed_in(Client(), zuri), amina.email).content.decode()
    assert "Amina" not in shown
    worker.run_until_idle()
    assert Membership.objects.get(member=amina).state == "invited"
    Post.of(amina).answer("Yes")
    place = Membership.objects.get(member=amina)
    assert place.state == "in"
    assert place.trusted_at is not None
    assert Invitation.objects.get().address == ""
    assert "You belong to After Kampala now." in Post.of(amina).newest().text


def test_who_is_no_member_says_yes_joins_and_comes_out_inside(
    zuri: Member, space: Space, signed_in: SignedIn
) -> None:
    _invite(signed_in(Client(), zuri), "neema@example.net", language="sw")
    worker.run_until_idle()
    neema = Post("neema@example.net", headers=vouched("neema@example.net"))
    assert neema.newest().language == "sw"
    neema.answer("Ndiyo")
    assert not Member.objects.filter(email="neema@example.net").exists()
    neema.answer("Ndiyo")
    worker.run_until_idle()
    place = Membership.objects.get(member__email="neema@example.net")
    assert (place.state, place.role) == ("in", "member")


def test_a_visitor_taps_yes_joins_on_the_page_and_comes_out_inside(
    zuri: Member, space: Space, signed_in: SignedIn
) -> None:
    _invite(signed_in(Client(), zuri), "neema@example.net")
    path = f"/hubs/invitations/{Invitation.objects.get().key}/"
    browser = Client()
    assert "After Kampala" in browser.get(path).content.decode()
    answer = browser.post(path, {"act": "join"})
    assert answer["Location"].startswith("/join/?next=")
    neema = person("Neema", email="neema@example.net")
    signed_in(browser, neema)
    assert browser.get(path)["Location"] == "/hubs/kampala/"
    assert Membership.objects.get(member=neema).trusted_at is not None


def test_a_member_who_only_looks_does_not_come_in_and_another_cannot_use_it(
    zuri: Member, amina: Member, chen: Member, space: Space, signed_in: SignedIn
) -> None:
    _invite(signed_in(Client(), zuri), amina.email)
    path = f"/hubs/invitations/{Invitation.objects.get().key}/"
    browser = signed_in(Client(), amina)
    browser.get(path)
    assert Membership.objects.get(member=amina).state == "invited"
    assert signed_in(Client(), chen).post(path, {"act": "yes"}).status_code == 404
    assert not Membership.objects.filter(member=chen).exists()
    browser.post(path, {"act": "yes"})
    assert Membership.objects.get(member=amina).is_in


def test_never_again_is_kept_as_a_digest_and_holds_for_every_group(
    zuri: Member, space: Space, signed_in: SignedIn
) -> None:
    browser = signed_in(Client(), zuri)
    _invite(browser, "ann@example.net")
    worker.run_until_idle()
    letter = OutgoingMail.objects.get(to_address="ann@example.net")
    stop = letter.headers["List-Unsubscribe"].split(">")[0].removeprefix("<")
    path = stop[stop.index("/hubs/") :]
    assert Client().get(path).status_code == 200
    assert not NotToBeAsked.objects.exists()
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NotToBeAsked.objects.get().digest == digest("ann@example.net")
    assert Invitation.objects.get().address == ""
    other = group(slug="arusha", name="After Arusha")
    done = actions.invite(
        space=other, people=[rules.One("ann@example.net")], language="en", role="member", by=_host(other)
    )  # fmt: skip
    assert (done.invited, done.unwilling) == (0, 1)


def test_one_reminder_after_a_week_and_nothing_left_after_a_month(
    zuri: Member, space: Space, signed_in: SignedIn
) -> None:
    _invite(signed_in(Client(), zuri), "ann@example.net")
    worker.run_until_idle()
    telling.remind_due(at=time.now())
    assert _letters() == 1
    for _twice in range(2):
        telling.remind_due(at=time.now() + timedelta(days=8))
    assert _letters() == 2
    actions.forget_unanswered(at=time.now() + timedelta(days=31))
    assert not Invitation.objects.exists()


def test_a_link_lets_so_many_in_until_it_is_taken_back(
    zuri: Member, amina: Member, chen: Member, space: Space, signed_in: SignedIn
) -> None:
    browser = signed_in(Client(), zuri)
    made = {"act": "link", "role": "guest", "people": "1", "days": "7"}
    browser.post("/hubs/kampala/invite/", made)
    link = space.links.get()
    path = f"/hubs/invitations/{link.key}/"
    assert signed_in(Client(), amina).post(path, {"act": "yes"}).status_code == 302
    place = Membership.objects.get(member=amina)
    assert (place.role, place.trusted_at) == ("guest", None)
    assert signed_in(Client(), chen).post(path, {"act": "yes"}).status_code == 404
    browser.post("/hubs/kampala/invite/", {**made, "people": "10"})
    second = space.links.latest("pk")
    browser.post(f"/hubs/kampala/invite/links/{second.pk}/")
    assert Client().get(f"/hubs/invitations/{second.key}/").status_code == 404


def _host(space: Space) -> Member:
    host = with_second_factor(person("Otieno"))
    inside(space, host, "host")
    return host


def test_whoever_was_removed_comes_back_by_no_link_and_by_no_letter_used_before(
    zuri: Member, amina: Member, chen: Member, space: Space, signed_in: SignedIn
) -> None:
    _invite(signed_in(Client(), zuri), amina.email)
    made = {"act": "link", "role": "member", "people": "25", "days": "7"}
    signed_in(Client(), zuri).post("/hubs/kampala/invite/", made)
    by_letter = f"/hubs/invitations/{Invitation.objects.get().key}/"
    by_link = f"/hubs/invitations/{space.links.get().key}/"
    browser = signed_in(Client(), amina)
    assert browser.post(by_letter, {"act": "yes"}).status_code == 302
    assert browser.post(by_letter, {"act": "yes"}).status_code == 302
    belonging.remove(place=Membership.objects.get(member=amina), by=zuri)

    assert browser.post(by_letter, {"act": "yes"}).status_code == 404
    assert browser.post(by_link, {"act": "yes"}).status_code == 404
    assert Membership.objects.get(member=amina).state == "left"
    other = signed_in(Client(), chen)
    other.post(by_link, {"act": "yes"})
    belonging.leave(place=Membership.objects.get(member=chen))
    assert other.post(by_link, {"act": "yes"}).status_code == 302

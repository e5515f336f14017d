"""A paper that somebody took part: their own name, initials for whoever checks, nothing for hosts.
Run by pytest alone."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from exchange.contributions import sealing
from exchange.core.time import now
from exchange.webinars.after import certificates
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Certificate, Phase, Seat, Webinar
from exchange.webinars.views import after_people
from tests.webinars.conftest import seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(over):
    return seated(over, email="guest@example.org", came_at=over.starts_at)


def page_of(seat):
    return reverse("webinars:certificate", args=[seat.key])


def checked(visitor, code):
    return visitor.get(reverse("webinars:certificate-check"), {"code": code})


def test_who_was_there_gets_one_with_a_code_nobody_misreads(guest):
    paper = certificates.give(seat=guest, name="Wanjiru wa Kamau")

    assert re.fullmatch(f"[{certificates.LETTERS}]{{10}}", paper.code)
    assert not set("ILOQU01") & set(certificates.LETTERS)
    assert (paper.name, paper.initials, paper.people) == ("Wanjiru wa Kamau", "W. W. K.", 1)


def test_the_first_stands_and_a_new_one_has_a_new_code(guest):
    first = certificates.give(seat=guest, name="Wanjiru Kamau")
    again = certificates.give(seat=guest, name="Somebody Else")
    assert (again.code, again.name) == (first.code, "Wanjiru Kamau")

    certificates.take_back(seat=guest)
    other = certificates.give(seat=guest, name="Somebody Else")

    assert other.code != first.code
    assert certificates.check(first.code) is None


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Amina", "A."),
        ("amina  binti hassan al masri", "A. B. M."),
        ("نور الهدى", "ن. ا."),
        ("O'Neil Mary-Jane", "O. M."),
        ("ßtefan", "S."),
        ("123 !!", ""),
    ],
)
def test_initials_in_every_script(name, initials):
    assert certificates.initials_of(name) == initials


def test_a_group_says_how_many_came(over):
    club = seated(over, email="club@example.org", people=12, people_came=9)

    paper = certificates.give(seat=club, name="Wanjiru Kamau")

    assert paper.people == 9
    assert certificates.check(paper.code).people == 9
    assert club.came_at is not None


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.LIVE, Phase.CANCELLED])
def test_not_before_the_hour_is_over_nor_when_it_never_was(over, guest, phase):
    Webinar.objects.filter(pk=over.pk).update(phase=phase)

    with pytest.raises(NotNow):
        certificates.give(seat=guest, name="Wanjiru Kamau")


@pytest.mark.parametrize("state", [Seat.State.WAITING, Seat.State.GIVEN_UP, Seat.State.ASKED])
def test_not_for_who_had_no_place(over, state):
    seat = seated(over, email="other@example.org", state=state)

    with pytest.raises(NotNow):
        certificates.give(seat=seat, name="Wanjiru Kamau")


def test_the_page_asks_for_a_name_and_shows_the_paper(guest, visitor, over):
    assert visitor.post(page_of(guest), {"name": "  "}).status_code == 422
    assert visitor.post(page_of(guest), {"name": "123"}).status_code == 422

    visitor.post(page_of(guest), {"name": "Wanjiru Kamau"})

    page = visitor.get(page_of(guest))
    shown = page.content.decode()
    paper = Certificate.objects.get(seat=guest)
    assert "Wanjiru Kamau" in shown
    assert certificates.spaced(paper.code) in shown
    assert "<svg" in shown
    assert "style=" not in shown.partition("<main")[2]
    assert over.title in shown
    assert "no-store" in page["Cache-Control"]


def test_who_has_not_come_says_so_first(over, visitor):
    seat = seated(over, email="quiet@example.org")

    refused = visitor.post(page_of(seat), {"name": "Wanjiru Kamau"})
    visitor.post(page_of(seat), {"name": "Wanjiru Kamau", "was_there": "on"})

    assert refused.status_code == 422
    assert "Wanjiru Kamau" in refused.content.decode()
    assert Certificate.objects.filter(seat=seat).exists()
    seat.refresh_from_db()
    assert seat.came_at is not None


def test_a_members_paper_is_for_that_member_alone(over, amina, chen, visitor, signed_in):
    seat = Seat.objects.get(webinar=over, member=amina)

    assert visitor.get(page_of(seat)).status_code == 302
    assert signed_in(visitor, chen).get(page_of(seat)).status_code == 404
    assert signed_in(visitor, amina).get(page_of(seat)).status_code == 200


def test_whoever_has_the_code_sees_four_things(guest, over, visitor):
    paper = certificates.give(seat=guest, name="Wanjiru Kamau")

    page = checked(visitor, certificates.spaced(paper.code).lower())

    shown = page.content.decode()
    assert page.status_code == 200
    assert over.title in shown
    assert "W. K." in shown
    for hidden in ("Wanjiru", "Kamau", guest.email, guest.key):
        assert hidden not in shown


@pytest.mark.parametrize("code", ["AAAAA-AAAAA", "x", "٣" * 10, "A" * 40])
def test_any_other_code_says_that_there_is_none(guest, visitor, code):
    certificates.give(seat=guest, name="Wanjiru Kamau")

    assert checked(visitor, code).status_code == 404


def test_the_check_closes_with_the_webinar(guest, over, visitor):
    paper = certificates.give(seat=guest, name="Wanjiru Kamau")
    assert checked(visitor, paper.code).status_code == 200

    sealing.seal(contribution=over)

    assert checked(visitor, paper.code).status_code == 404
    assert visitor.get(page_of(guest)).status_code == 404


def test_codes_cannot_be_tried_through(visitor, db, monkeypatch):
    monkeypatch.setattr(after_people, "CHECKS_AN_HOUR", 3)
    answers = [checked(visitor, "AAAAA-AAAAA").status_code for _try in range(5)]

    assert answers == [404, 404, 404, 429, 429]
    cache.clear()


def test_hosts_see_no_name(guest, over, beatriz, visitor, signed_in):
    certificates.give(seat=guest, name="Wanjiru Kamau")
    host = signed_in(visitor, beatriz)

    for name in ("after", "after-answers"):
        page = host.get(reverse(f"webinars-desk:{name}", args=[over.pk]))
        assert page.status_code == 200
        assert "Wanjiru" not in page.content.decode()
    assert host.get(over.get_absolute_url()).status_code == 200


def test_it_is_taken_back_on_the_page(guest, visitor):
    paper = certificates.give(seat=guest, name="Wanjiru Kamau")

    visitor.post(page_of(guest), {"act": "take-back"})

    assert checked(visitor, paper.code).status_code == 404
    assert not Certificate.objects.exists()


def test_the_name_is_forgotten_and_the_code_stays_good(guest, visitor):
    paper = certificates.give(seat=guest, name="Wanjiru Kamau")

    certificates.forget_names(at=now() + timedelta(days=89))
    assert Certificate.objects.get().name == "Wanjiru Kamau"
    with time_machine.travel(now() + timedelta(days=91)):
        assert certificates.forget_names(at=now()) == 1

    assert Certificate.objects.get().name == ""
    assert checked(visitor, paper.code).status_code == 200
    assert "W. K." in visitor.get(page_of(guest)).content.decode()


def test_the_drawn_code_is_the_address_of_the_check(guest, settings):
    settings.BASE_URL = "https://exchange.example"
    paper = certificates.give(seat=guest, name="Wanjiru Kamau")

    address = certificates.address_of(paper)

    spaced = certificates.spaced(paper.code)
    assert address == f"https://exchange.example/webinars/certificates/?code={spaced}"
    assert str(certificates.drawn(paper)).startswith("<svg")

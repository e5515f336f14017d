"""The doors: nothing typed is lost on the way to signing in, and the desk is for hosts."""

import json

import pytest
import time_machine
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from exchange.members.doors import (
    host_required,
    member_required,
    member_required_keeping_text,
    unsent,
)
from exchange.members.models import Member
from exchange.project import urls as project
from tests import cast

pytestmark = pytest.mark.django_db


@member_required_keeping_text
def write(request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(unsent(request)))


@member_required_keeping_text(back=lambda request, pk: f"/write/{pk}/")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(f"sent {pk}")


@member_required
def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read")


@host_required
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


def shown(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(json.dumps(unsent(request)))


urlpatterns = [
    path("write/", write),
    path("write/<int:pk>/", shown),
    path("write/<int:pk>/reply/", reply),
    path("read/", read),
    path("guarded/", desk),
    *project.urlpatterns,
]


@pytest.fixture(autouse=True)
def _addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


TYPED = {"title": "What helped?", "body": "Two lines\nof text", "topic": ["a", "b"], "empty": ""}


def test_what_was_typed_waits_until_the_person_has_signed_in(
    visitor: Client, amina: Member
) -> None:
    sent = visitor.post("/write/?hub=4", TYPED)
    assert sent.url == "/sign-in/?next=%2Fwrite%2F%3Fhub%3D4%26unsent%3D1"

    cast.signed_in(visitor, amina)

    kept = json.loads(visitor.get("/write/?hub=4&unsent=1").content)
    assert {**kept, "body": kept["body"].replace("\r\n", "\n")} == TYPED


def test_it_is_still_there_when_the_line_drops_and_gone_once_it_was_sent(
    visitor: Client, amina: Member
) -> None:
    visitor.post("/write/", TYPED)
    cast.signed_in(visitor, amina)

    for _again in range(2):
        assert json.loads(visitor.get("/write/?unsent=1").content)["title"] == "What helped?"
    visitor.post("/write/", TYPED)

    assert json.loads(visitor.get("/write/?unsent=1").content) == {}


def test_only_who_comes_back_for_it_finds_the_form_filled(visitor: Client, amina: Member) -> None:
    visitor.post("/write/", TYPED)
    cast.signed_in(visitor, amina)

    assert json.loads(visitor.get("/write/").content) == {}


def test_a_form_on_another_page_is_filled_there(visitor: Client, amina: Member) -> None:
    sent = visitor.post("/write/7/reply/", {"body": "We did this."})
    assert sent.url == "/sign-in/?next=%2Fwrite%2F7%2F%3Funsent%3D1"
    cast.signed_in(visitor, amina)

    assert json.loads(visitor.get("/write/7/?unsent=1").content) == {"body": "We did this."}
    assert json.loads(visitor.get("/write/8/?unsent=1").content) == {}
    assert visitor.post("/write/7/reply/", {"body": "We did this."}).content == b"sent 7"
    assert json.loads(visitor.get("/write/7/?unsent=1").content) == {}


def test_it_survives_the_whole_way_through_the_door(visitor: Client, amina: Member) -> None:
    from tests.members.test_door import code_for

    page = visitor.post("/write/", TYPED).url.split("next=")[1]
    visitor.post("/sign-in/", {"email": amina.email, "next": "/write/?unsent=1"})
    back = visitor.post("/sign-in/code/", {"code": code_for(amina.email)})

    assert page == "%2Fwrite%2F%3Funsent%3D1"
    assert json.loads(visitor.get(back.url).content)["title"] == "What helped?"


def test_it_does_not_wait_longer_than_a_day(visitor: Client, amina: Member) -> None:
    with time_machine.travel("2026-03-01 10:00", tick=False) as clock:
        visitor.post("/write/", TYPED)
        cast.signed_in(visitor, amina)
        clock.shift(25 * 60 * 60)

        assert json.loads(visitor.get("/write/?unsent=1").content) == {}


def test_the_last_three_texts_are_kept(visitor: Client, amina: Member) -> None:
    for number in range(1, 5):
        visitor.post(f"/write/{number}/reply/", {"body": str(number)})
    cast.signed_in(visitor, amina)

    pages = [visitor.get(f"/write/{number}/?unsent=1") for number in range(1, 5)]
    assert [json.loads(page.content).get("body") for page in pages] == [None, "2", "3", "4"]


def test_the_secret_of_the_form_is_not_kept(visitor: Client) -> None:
    visitor.post("/write/", {"csrfmiddlewaretoken": "x", "body": "y"})

    assert list(visitor.session["unsent"]["/write/"]["fields"]) == ["body"]


def test_signing_out_forgets_it(visitor: Client, amina: Member) -> None:
    visitor.post("/write/", TYPED)
    cast.signed_in(visitor, amina)
    visitor.post("/sign-out/")
    cast.signed_in(visitor, amina)

    assert json.loads(visitor.get("/write/?unsent=1").content) == {}


def test_reading_needs_no_more_than_signing_in(visitor: Client, amina: Member) -> None:
    assert visitor.get("/read/?page=2").url == "/sign-in/?next=%2Fread%2F%3Fpage%3D2"

    assert cast.signed_in(visitor, amina).get("/read/").content == b"read"


def test_the_desk_opens_to_a_host_with_a_second_factor(visitor: Client, beatriz: Member) -> None:
    assert cast.signed_in(visitor, beatriz).get("/guarded/").content == b"desk"


def test_the_desk_does_not_exist_for_members(visitor: Client, amina: Member) -> None:
    assert cast.signed_in(visitor, amina).get("/guarded/").status_code == 404


def test_a_visitor_may_be_a_host_who_has_to_sign_in(visitor: Client) -> None:
    assert visitor.get("/guarded/").url == "/sign-in/?next=%2Fguarded%2F"


def test_a_host_without_a_second_factor_is_led_to_set_it_up(visitor: Client, amina: Member) -> None:
    from exchange.members.actions import appoint_host

    appoint_host(member=amina)
    cast.signed_in(visitor, amina)

    assert visitor.get("/guarded/").url == "/me/security/why/?next=%2Fguarded%2F"


def test_a_session_from_before_the_second_factor_has_to_show_it(
    visitor: Client, amina: Member
) -> None:
    from exchange.members.actions import appoint_host

    appoint_host(member=amina)
    cast.signed_in(visitor, amina)
    cast.with_second_factor(amina)

    assert visitor.get("/guarded/").url == "/me/security/again/?next=%2Fguarded%2F"


def test_unsent_needs_no_session_that_was_ever_used(rf: RequestFactory) -> None:
    request = rf.get("/write/?unsent=1")
    SessionMiddleware(lambda _request: HttpResponse()).process_request(request)

    assert unsent(request) == {}

"""What every request passes: kept pages, compression, limits on input, words kept on refusal.
Read by pytest alone."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from exchange.contributions import actions
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core import freshness
from exchange.core.page_cache import Shelf, shelf
from exchange.members.models import Member

pytestmark = pytest.mark.django_db

GZIP = {"accept-encoding": "gzip"}
FROM_HERE = {
    "accept": "text/html",
    "sec-fetch-site": "same-origin",
    "sec-fetch-mode": "navigate",
}
STORY = "Twelve of us met every month for two years.\nThen the transport money stopped."


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are checked as a real one's are."""
    return Client(enforce_csrf_checks=True)


def asked(author: Member, title: str = "What brought your committee back?") -> Contribution:
    content = Content(title=title, body=STORY)
    return actions.submit(kind="question", content=content, author=author)


def test_a_visitor_is_answered_from_memory_without_a_query(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    first = visitor.get("/help-now/", headers=GZIP)

    with django_assert_num_queries(0):
        again = visitor.get("/help-now/", headers=GZIP)

    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    assert again.headers["Vary"] == "Accept-Encoding, Cookie"
    assert again.headers["Cache-Control"] == "no-cache"


def test_an_unchanged_page_costs_no_body(visitor: Client) -> None:
    etag = visitor.get("/help-now/", headers=GZIP).headers["ETag"]

    again = visitor.get("/help-now/", headers={**GZIP, "if-none-match": etag})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == etag


def test_a_withdrawn_text_is_gone_from_kept_pages(
    visitor: Client,
    amina: Member,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        question = asked(amina)
    address = question.get_absolute_url()
    assert "transport money" in visitor.get(address).content.decode()
    assert question.title in visitor.get("/").content.decode()
    assert len(shelf) == 2

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(contribution=question, by=amina)

    assert visitor.get(address).status_code == 404
    assert question.title not in visitor.get("/").content.decode()


def test_a_page_made_before_a_change_and_kept_after_it_is_never_sent() -> None:
    shelf = Shelf()
    before = freshness.stamp()
    freshness.bump()

    shelf.put("key", b"words taken back", (), before)

    assert shelf.get("key", freshness.stamp()) is None


def test_the_shelf_keeps_within_its_weight() -> None:
    shelf = Shelf(limit=10_000)

    for number in range(100):
        shelf.put(str(number), b"x" * 500, (), 1)

    assert len(shelf) == 4
    assert shelf.get("99", 1) is not None
    assert shelf.get("0", 1) is None


def test_members_and_their_pages_are_never_kept(
    amina: Member, signed_in: Callable[[Client, Member], Client]
) -> None:
    member = signed_in(Client(), amina)

    response = member.get("/help-now/")

    assert response.headers["Cache-Control"] == "private, no-cache"
    assert len(shelf) == 0
    assert "/me/" in response.content.decode()
    assert "/me/" not in Client().get("/help-now/").content.decode()


@pytest.mark.parametrize("address", ["/nowhere/", "/join/", "/ask/", "/healthz"])
def test_pages_that_say_no_or_carry_a_form_are_not_kept(visitor: Client, address: str) -> None:
    visitor.get(address)

    assert len(shelf) == 0


def test_a_page_says_truly_what_it_cost(visitor: Client) -> None:
    response = visitor.get("/about/", headers=GZIP)

    page = gzip.decompress(response.content).decode()
    headers = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
    cost = len(response.content) + headers
    (told,) = re.findall(r"This page used (\d+) kB", page)
    assert cost - 100 <= int(told) * 1000 < cost + 1100
    assert "~size~" not in page


def test_a_page_for_a_browser_without_gzip_says_its_own_cost(visitor: Client) -> None:
    response = visitor.get("/about/")

    (told,) = re.findall(r"This page used (\d+) kB", response.content.decode())
    assert int(told) * 1000 >= len(response.content)


def test_the_length_of_a_member_s_page_tells_nothing(
    amina: Member, signed_in: Callable[[Client, Member], Client]
) -> None:
    member = signed_in(Client(headers=GZIP), amina)

    lengths = {len(member.get("/help-now/").content) for _ in range(12)}

    assert len(lengths) > 3


def test_the_inlined_sheet_is_the_one_the_policy_allows(visitor: Client) -> None:
    response = visitor.get("/")

    assert f"<style>{settings.STYLE}</style>" in response.content.decode()
    assert "'sha256-" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/questions/%00", 400),
        ("/questions/%07bell/", 400),
        ("/questions/%ED%A0%80/", 404),
        ("/questions/?topic=%00", 200),
        ("/questions/?after=%F0%28%8C%28&topic=%ED%A0%80", 200),
        ("/questions/?topic=" + "x" * 10_000, 414),
        ("/" + "x" * 10_000, 414),
        ("/questions/?" + "a=1&" * 400, 400),
        ("/ar/%00", 400),
    ],
)
def test_odd_addresses_get_a_clear_answer(visitor: Client, address: str, status: int) -> None:
    response = visitor.get(address)

    assert response.status_code == status
    assert "<h1" in response.content.decode()


def test_trouble_speaks_the_language_of_the_address(visitor: Client) -> None:
    page = visitor.get("/ar/%00").content.decode()

    assert '<html lang="ar" dir="rtl">' in page


def test_a_wrong_host_name_is_a_bad_request(visitor: Client) -> None:
    response = visitor.get("/", headers={"host": "evil^host"})

    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


def test_a_cookie_with_hidden_bytes_is_no_cookie(visitor: Client) -> None:
    cookie = f"{settings.SESSION_COOKIE_NAME}=\x00abcdefghijkl"

    assert visitor.get("/", headers={"cookie": cookie}).status_code == 200


def test_a_body_too_large_comes_back_to_be_shortened(strict: Client) -> None:
    words = "word " * 220_000

    body = _encoded(csrfmiddlewaretoken="abc", body=words)
    response = strict.post("/ask/", body, FORM, headers=FROM_HERE)

    page = response.content.decode()
    assert response.status_code == 413
    assert words.strip() in page
    assert 'name="body"' in page


def test_a_body_too_large_from_elsewhere_is_only_refused(strict: Client) -> None:
    headers = {**FROM_HERE, "sec-fetch-site": "cross-site"}

    response = strict.post("/ask/", _encoded(body="x" * 1_100_000), FORM, headers=headers)

    assert response.status_code == 413
    assert "<form method" not in response.content.decode()


def test_a_stale_form_comes_back_with_every_word_and_can_be_sent_again(strict: Client) -> None:
    response = strict.post(
        "/ask/?from=1", {"title": "Hello", "body": STORY, "once": "k1"}, headers=FROM_HERE
    )

    page = response.content.decode()
    assert response.status_code == 403
    assert "Nothing is lost" in page
    assert STORY in page
    assert 'name="title" value="Hello"' in page
    assert 'name="once" value="k1"' in page
    assert 'action="/ask/?from=1"' in page
    (token,) = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)
    again = strict.post(
        "/ask/",
        {"title": "Hello", "body": STORY, "csrfmiddlewaretoken": token},
        headers=FROM_HERE,
    )
    assert again.status_code != 403


def test_what_a_person_proves_themselves_with_is_never_shown_again(strict: Client) -> None:
    typed = {"code": "K7P2QX", "password": "s3cret", "credential": "{}", "email": "a@example.org"}

    page = strict.post("/sign-in/code/", typed, headers=FROM_HERE).content.decode()

    assert "K7P2QX" not in page
    assert "s3cret" not in page
    assert "credential" not in page
    assert "a@example.org" in page


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "https://elsewhere.example/page"},
    ],
)
def test_a_form_from_elsewhere_is_not_offered_again(
    strict: Client, headers: dict[str, str]
) -> None:
    response = strict.post(
        "/ask/", {"title": "Hello", "body": STORY}, headers={"accept": "text/html", **headers}
    )

    page = response.content.decode()
    assert response.status_code == 403
    assert "<form method" not in page
    assert 'name="csrfmiddlewaretoken"' not in page


def test_a_browser_that_says_nothing_gets_its_words_to_copy(strict: Client) -> None:
    response = strict.post("/ask/", {"body": STORY}, headers={"accept": "text/html"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "readonly" in page
    assert STORY in page
    assert 'name="csrfmiddlewaretoken"' not in page


def test_our_own_mistake_is_said_without_the_database(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> HttpResponse:
        raise RuntimeError("as if the disk were full")

    monkeypatch.setattr("exchange.pages.queries.home", fail)
    visitor.raise_request_exception = False
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "abcdefghijklmnop"

    response = visitor.get("/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "disk" not in response.content.decode()


FORM = "application/x-www-form-urlencoded"


def _encoded(**fields: str) -> str:
    return "&".join(f"{name}={value.replace(' ', '+')}" for name, value in fields.items())

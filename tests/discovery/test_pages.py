"""The search page and its suggestions: they answer everything, in few queries, without script.
Read by pytest alone."""

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.contributions import actions as spine
from exchange.contributions.models import Contribution
from exchange.members.models import Member
from tests.discovery import shelf

pytestmark = pytest.mark.django_db


def page(visitor: Client, **asked: object) -> str:
    response = visitor.get("/search/", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_the_empty_page_invites_to_ask_or_to_begin_with_a_topic(visitor: Client) -> None:
    html = page(visitor)

    assert 'name="q"' in html
    assert "?topic=child-marriage" in html
    assert "noindex" not in html


def test_results_are_marked_counted_and_kept_out_of_other_engines(visitor: Client) -> None:
    shelf.put_all()

    html = page(visitor, q="child marriage")

    assert "<mark>child</mark> <mark>marriage</mark>" in html
    assert "noindex" in html
    assert "Narrow it down" in html


def test_a_chosen_filter_can_be_taken_away_and_is_kept_in_the_form(visitor: Client) -> None:
    shelf.put_all()

    html = page(visitor, q="committee", country="KE")

    assert '<input type="hidden" name="country" value="KE">' in html
    assert 'href="?q=committee"' in html
    assert "Notre comité" not in html


def test_words_that_name_a_country_are_offered_as_a_filter(visitor: Client) -> None:
    shelf.put_all()

    assert "?q=committee+Kenya&amp;country=KE" in page(visitor, q="committee Kenya")


def test_a_typing_error_is_mended_and_said(visitor: Client) -> None:
    shelf.put_all()

    html = page(visitor, q="comittee")

    assert "we looked for “committee”" in html
    assert "Our" in html


def test_an_empty_result_says_which_filter_hides_what_and_ends_in_asking(visitor: Client) -> None:
    shelf.put_all()

    html = page(visitor, q="committee", country="CO")

    assert "Without “Country” <small>2</small>" in html
    assert "/ask/?title=committee" in html


def test_filters_that_leave_nothing_together_can_all_be_dropped(visitor: Client) -> None:
    shelf.put_all()

    html = page(visitor, q="committee", country="CO", topic="fgm")

    assert "Without any of these choices <small>2</small>" in html
    assert 'href="?q=committee" rel="nofollow"' in html


def test_a_page_of_results_is_light(visitor: Client) -> None:
    for _time in range(2):
        shelf.put_all()
    for number in range(20):
        shelf.plain(f"Child protection committee number {number}", "What we did and why. " * 12)

    weight = len(gzip.compress(page(visitor, q="child protection committee").encode(), 6))

    assert weight <= 14_000


def test_nothing_at_all_ends_in_asking(visitor: Client) -> None:
    html = page(visitor, q="zzzz & <script>")

    assert "/ask/?title=zzzz+%26+%3Cscript%3E" in html
    assert "<script>" not in html


def test_the_page_is_there_in_arabic_and_swahili(visitor: Client) -> None:
    shelf.put_all()

    assert 'dir="rtl"' in visitor.get("/ar/search/", {"q": "الأطفال"}).content.decode()
    assert "utotoni" in visitor.get("/sw/search/", {"q": "ndoa za utotoni"}).content.decode()


def test_withdrawn_is_on_no_page(
    visitor: Client,
    beatriz: Member,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    row = shelf.put("marriage-en")
    assert row.title[:20] in page(visitor, q="village").replace("<mark>", "").replace("</mark>", "")
    with django_capture_on_commit_callbacks(execute=True):
        spine.withdraw(contribution=row, by=beatriz)

    assert "child marriage" not in page(visitor, q="village")
    assert visitor.get("/search/suggest", {"q": "village"}).json()["found"] == []


def test_the_whole_page_takes_at_most_eight_queries(visitor: Client) -> None:
    shelf.put_all()
    page(visitor, q="committee")

    with CaptureQueriesContext(connection) as context:
        page(visitor, q="comittee marriage", country=["KE", "UG"], language="en")

    assert len(context) <= 8


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%00",
        "q=%ff%fe",
        "q=" + "a" * 2_000,
        "q=x&page=-1",
        "q=x&page=99999999999999",
        "q=committee&page=7",
        "country=XX&topic=nope&kind=%00&year=20x4&language=../..&type[]=1",
        "q=committee&country=KE&country=KE&country=UG&country=TZ&country=SN&country=CO&country=LB",
        "q=%22%20OR%201%3D1%20--",
        "q=%E2%80%AEcommittee",
    ],
)
def test_odd_addresses_are_answered(visitor: Client, query: str) -> None:
    shelf.put("committee-en")

    assert visitor.get(f"/search/?{query}").status_code == 200
    assert visitor.get(f"/search/suggest?{query}").status_code == 200


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(max_size=120))
def test_any_words_are_answered(visitor: Client, typed: str) -> None:
    if not Contribution.objects.exists():
        shelf.put("committee-en")

    assert visitor.get("/search/", {"q": typed.encode("utf-8", "replace")}).status_code == 200


def test_only_reading_is_possible(visitor: Client) -> None:
    assert visitor.post("/search/", {"q": "x"}).status_code in (403, 405)


def test_suggestions_are_small_and_plain(visitor: Client) -> None:
    shelf.put_all()

    answer = visitor.get("/search/suggest", {"q": "our comm"}).json()

    assert answer["words"][0].startswith("our comm")
    assert answer["found"][0] == {
        "title": "Our committee stopped meeting when the grant ended",
        "url": answer["found"][0]["url"],
        "kind": "Discussion",
        "language": "en",
    }
    assert visitor.get("/search/suggest", {"q": "o"}).json() == {"words": [], "found": []}


def test_similar_ones_are_a_piece_of_a_page(visitor: Client) -> None:
    shelf.put_all()
    asked = "Our committee does not meet since the grant is over"

    html = visitor.get("/search/similar", {"text": asked}).content.decode()

    assert "Perhaps this helps already" in html
    assert "stopped <mark>meeting</mark> when the" in html
    assert "<html" not in html
    assert visitor.get("/search/similar", {"text": "zzzz"}).content.strip() == b""
    assert visitor.get("/search/similar").content.strip() == b""

"""The library's list under its facets, and the page of a record.
Read by pytest alone."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.contributions.models import State
from exchange.library import queries
from exchange.library.actions import set_readable_size
from exchange.library.models import Resource
from exchange.members.models import Member
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db


def shelf() -> None:
    shelved("Apples", year=2015, countries=("KE",), topics=("child-marriage",))
    shelved("Bread", year=2020, countries=("KE", "UG"), topics=("ethics",), types=("tool",))
    shelved("Cheese", year=0, countries=(), topics=("ethics",), language="fr", link_kind="mirror")


def titles(visitor: Client, query: str) -> list[str]:
    return [card.title for card in visitor.get(f"/library/{query}").context["cards"]]


def counts(visitor: Client, query: str, facet: str) -> dict[str, int]:
    return visitor.get(f"/library/{query}").context["found"].counts[facet]


def test_the_list_shows_the_newest_first(visitor: Client) -> None:
    shelf()

    assert titles(visitor, "") == ["Cheese", "Bread", "Apples"]


def test_the_list_can_stand_by_year_and_by_title(visitor: Client) -> None:
    shelf()

    assert titles(visitor, "?order=year") == ["Bread", "Apples", "Cheese"]
    assert titles(visitor, "?order=title") == ["Apples", "Bread", "Cheese"]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?country=KE", ["Bread", "Apples"]),
        ("?topic=ethics", ["Cheese", "Bread"]),
        ("?topic=ethics&country=UG", ["Bread"]),
        ("?type=tool", ["Bread"]),
        ("?region=east-africa&language=fr", ["Cheese"]),
        ("?year=2015", ["Apples"]),
        ("?year=0", ["Cheese"]),
        ("?country=KE&year=2015&order=title", ["Apples"]),
    ],
)
def test_facets_narrow_the_list(visitor: Client, query: str, left: list[str]) -> None:
    shelf()

    assert titles(visitor, query) == left


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?leadership=community-led", ["Dates"]),
        ("?setting=camp&leadership=community-led", ["Dates"]),
        ("?evidence=review", ["Dates"]),
        ("?here=yes", ["Dates"]),
        ("?region=pacific", ["Dates"]),
        ("?topic=ethics&evidence=review", []),
        ("?topic=digital&here=yes&year=2015&order=year", ["Dates"]),
    ],
)
def test_it_can_be_narrowed_by_who_led_it_and_what_it_rests_on(
    visitor: Client, query: str, left: list[str]
) -> None:
    shelf()
    dates = shelved(
        "Dates",
        year=2015,
        topics=("digital",),
        leadership="community-led",
        setting="camp",
        evidence="review",
        useful_for=("pacific",),
    )
    set_readable_size(resource_pk=dates.pk, size=38_000)

    assert titles(visitor, query) == left
    assert counts(visitor, "?", "evidence") == {"review": 1}
    assert counts(visitor, "?", "here") == {"yes": 1}
    assert "read here, 38 kB" in visitor.get("/library/").content.decode()


def test_words_nobody_knows_are_passed_over(visitor: Client) -> None:
    shelf()

    query = "?country=QQ&topic=%00&year=x&language=..&evidence=x&here=no&setting=moon&order=odd&page=-3&type=%F0%9F%98%80"
    assert len(titles(visitor, query)) == 3


def test_counts_leave_out_their_own_facet_and_keep_the_others(visitor: Client) -> None:
    shelf()

    assert counts(visitor, "?topic=ethics", "topic") == {"child-marriage": 1, "ethics": 2}
    assert counts(visitor, "?topic=ethics", "country") == {"KE": 1, "UG": 1}
    assert counts(visitor, "?topic=ethics&country=KE", "topic") == {
        "child-marriage": 1,
        "ethics": 1,
    }
    assert counts(visitor, "?language=fr", "language") == {"en": 2, "fr": 1}
    assert counts(visitor, "?country=KE", "year") == {"2015": 1, "2020": 1}


def test_a_choice_can_be_taken_away_again(visitor: Client) -> None:
    shelf()

    (choice,) = visitor.get("/library/?topic=ethics&order=title").context["active"]

    assert (choice.label, choice.url) == ("Safeguarding, ethics and data", "?order=title")


def test_what_is_not_published_is_in_no_list_and_no_count(visitor: Client) -> None:
    shelf()
    Resource.objects.filter(title="Bread").update(state=State.WITHDRAWN)
    from exchange.contributions.models import ContextTerm

    ContextTerm.objects.filter(contribution__title="Bread").update(state=State.WITHDRAWN)

    assert titles(visitor, "") == ["Cheese", "Apples"]
    assert counts(visitor, "", "country") == {"KE": 1}


def test_an_empty_shelf_invites(visitor: Client) -> None:
    page = visitor.get("/library/").content.decode()

    assert "Nothing is on this shelf yet." in page


def test_nothing_found_says_what_to_do(visitor: Client) -> None:
    shelf()

    page = visitor.get("/library/?country=UG&topic=child-marriage").content.decode()

    assert "Take one of your choices away." in page


def test_broad_counts_are_capped_and_said_so(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "COUNTED_AT_MOST", 2)
    shelf()

    answer = visitor.get("/library/?order=year")

    assert answer.context["found"].is_capped
    assert sum(answer.context["found"].counts["year"].values()) == 2
    assert "More than 2 records" in answer.content.decode()


@pytest.mark.parametrize("order", ["newest", "year", "title"])
def test_beyond_the_cap_the_order_is_the_same(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    shelf()
    before = titles(visitor, f"?region=east-africa&order={order}")

    monkeypatch.setattr(queries, "COUNTED_AT_MOST", 2)

    assert titles(visitor, f"?region=east-africa&order={order}&b") == before


def test_pages_are_numbered(visitor: Client) -> None:
    for number in range(45):
        shelved(f"Record {number:02}")

    third = visitor.get("/library/?order=title&page=3")

    assert [card.title for card in third.context["cards"]] == [
        f"Record {number}" for number in range(40, 45)
    ]
    assert [page.number for page in third.context["pages"]] == [1, 2, 3]
    assert titles(visitor, "?order=title&page=99")[0] == "Record 40"


@pytest.mark.parametrize(
    "query", ["", "?country=KE&topic=community-ownership&order=year", "?order=title"]
)
def test_one_record_costs_as_many_queries_as_thirty(
    visitor: Client, query: str, django_assert_max_num_queries: object
) -> None:
    shelved("First")
    visitor.get("/library/?warm")

    def cost(address: str) -> int:
        from django.db import connection

        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(address).status_code == 200
        return len(asked)

    one = cost(f"/library/{query or '?'}&n=1")
    for number in range(30):
        shelved(f"Another {number}")

    assert cost(f"/library/{query or '?'}&n=30") == one <= 8


def test_a_record_says_who_made_it_and_how_to_cite_it(visitor: Client, record: Resource) -> None:
    page = visitor.get(record.get_absolute_url()).content.decode()

    assert "<bdi>Mike Wessells</bdi>, <bdi>Kathleen Kostelny</bdi>" in page
    assert "Wessells, M., &amp; Kostelny, K. (2018). <i>Learning from villages</i>." in page
    assert "opens example.org, the publisher&#x27;s own page" in page or (
        "opens example.org, the publisher's own page" in page
    )
    assert 'href="https://www.example.org/villages"' in page


def test_an_undated_record_says_so_plainly(visitor: Client) -> None:
    undated = shelved("Old words", year=0, is_undated=True)
    page = visitor.get(undated.get_absolute_url()).content.decode()

    assert "it bears no date" in page
    assert "(n.d.)" in page
    assert "undated" in visitor.get("/library/").content.decode()


def test_a_date_nobody_has_looked_for_is_not_called_undated(visitor: Client) -> None:
    page = visitor.get(shelved("Old words", year=0).get_absolute_url()).content.decode()

    assert "not known" in page
    assert "undated" not in visitor.get("/library/").content.decode()


def test_a_copy_elsewhere_is_named_and_not_linked(visitor: Client) -> None:
    mirrored = shelved("Copied", url="https://docs.example/copied", link_kind="mirror")

    page = visitor.get(mirrored.get_absolute_url()).content.decode()

    assert "The only copy we know of stands on docs.example" in page
    assert "https://docs.example" not in page


def test_records_that_share_topics_stand_beside(visitor: Client, record: Resource) -> None:
    near = shelved("Near", topics=("community-ownership",), countries=("KE",))
    shelved("Far", topics=("digital",), countries=("VU",))

    beside = visitor.get(record.get_absolute_url()).context["read_beside"]

    assert [card.title for card in beside] == [near.title]


def test_an_old_slug_leads_to_the_new_one(visitor: Client, record: Resource) -> None:
    answer = visitor.get(f"/library/{record.pk}-other/")

    assert answer.status_code == 302
    assert answer["Location"] == record.get_absolute_url()


@pytest.mark.django_db(transaction=True)
def test_a_record_costs_few_queries(visitor: Client) -> None:
    from django.db import connection

    record = shelved()
    for number in range(8):
        shelved(f"Near {number}")
    # What every reader sees alike is remembered from the first one; a transaction remembers nothing.
    visitor.get(record.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        visitor.get(record.get_absolute_url())

    assert len(asked) <= 8


@pytest.mark.parametrize("state", [State.WAITING, State.HELD, State.WITHDRAWN])
def test_what_waits_or_is_gone_is_404_for_visitors_and_members(
    visitor: Client,
    record: Resource,
    amina: Member,
    signed_in: Callable[[Client, Member], Client],
    state: State,
) -> None:
    Resource.objects.filter(pk=record.pk).update(state=state)

    assert visitor.get(record.get_absolute_url()).status_code == 404
    assert signed_in(Client(), amina).get(record.get_absolute_url()).status_code == 404


def test_a_host_sees_a_record_that_waits(
    record: Resource, beatriz: Member, signed_in: Callable[[Client, Member], Client]
) -> None:
    Resource.objects.filter(pk=record.pk).update(state=State.WAITING)

    answer = signed_in(Client(), beatriz).get(record.get_absolute_url())

    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_choice_that_leaves_nothing_is_not_offered(visitor: Client) -> None:
    shelf()

    assert counts(visitor, "?", "here") == {}
    assert "can be read here" not in visitor.get("/library/").content.decode()


def test_the_page_of_a_bare_record_does_not_ask_for_what_is_not_there(visitor: Client) -> None:
    bare = shelved("Bare")
    visitor.get("/library/")

    with CaptureQueriesContext(connection) as asked:
        page = visitor.get(bare.get_absolute_url())

    assert page.status_code == 200
    assert len(asked) <= 8

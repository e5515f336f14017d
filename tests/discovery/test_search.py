"""Searching: one table of what must be found, the same on every database, and what never is.
Read by pytest alone."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.contributions import actions as spine
from exchange.contributions.models import Contribution, State
from exchange.discovery import actions, facets, hooks, queries
from exchange.discovery.models import Neighbour, SearchEntry, SearchTerms, Vocabulary
from exchange.ledger.models import Event
from exchange.members.models import Member
from tests.discovery import shelf

pytestmark = pytest.mark.django_db


def find(
    typed: str, *, reader: str = "en", member: Member | None = None, **filters: Sequence[str]
) -> queries.Found:
    with override(reader):
        return queries.search(
            typed=typed,
            filters=filters,
            member=member,
            moment=shelf.BEGAN + timedelta(days=60),
        )


def names(found: queries.Found) -> list[str]:
    slugs = Contribution.objects.in_bulk([card.id for card in found.cards])
    return [slugs[card.id].slug for card in found.cards]


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("child marriage", "en", ["marriage-en"]),
        ("How do we stop girls from being married as children?", "en", ["marriage-en"]),
        ("ndoa za utotoni", "sw", ["marriage-sw", "marriage-en"]),
        ("mariage des enfants", "fr", ["marriage-en"]),
        ("زواج الأطفال", "ar", ["marriage-en"]),
        ("comité", "fr", ["committee-fr", "committee-en"]),
        ("committees", "en", ["committee-en", "committee-fr"]),
        ("comite de proteccion", "es", ["committee-fr"]),
        ("الاطفال اللاجئون", "ar", ["refugees-ar"]),
        ("wakimbizi", "sw", ["refugees-ar"]),
        ("refugee camps", "en", ["refugees-ar"]),
        ("gravidez na adolescência", "pt", ["pregnancy-es"]),
        ("EMBARAZO", "es", ["pregnancy-es"]),
        ("rádio", "pt", ["radio-pt"]),
        ("radio for children", "en", ["radio-pt"]),
        ("mango tree", "en", ["listening-en"]),
        ("Kenya committee", "en", ["committee-en"]),
        ("Kenia comité", "es", ["committee-en"]),
        ("school fees", "en", ["body-only-en"]),
        ("comittee", "en", ["committee-en"]),
        ("embarzo adolecente", "es", ["pregnancy-es"]),
    ],
)
def test_what_must_be_found(typed: str, language: str, first: list[str]) -> None:
    shelf.put_all()

    assert names(find(typed, reader=language))[: len(first)] == first


def test_a_title_counts_for_more_than_the_text() -> None:
    shelf.put("marriage-en")
    shelf.put("body-only-en")

    assert names(find("marriage")) == ["marriage-en", "body-only-en"]


def test_the_exact_form_stands_before_another_form() -> None:
    other = shelf.plain("Training facilitators here")
    exact = shelf.plain("Training facilitator here")
    shelf.plain("Something else")

    assert [card.id for card in find("facilitator").cards] == [exact, other]
    assert [card.id for card in find("facilitators").cards] == [other, exact]


def test_equal_ones_stand_newest_first() -> None:
    first = shelf.plain("Same words")
    second = shelf.plain("Same words")

    assert [card.id for card in find("same words").cards] == [second, first]


def test_withdrawn_is_gone_though_the_index_lags(beatriz: Member) -> None:
    row = shelf.put("marriage-en")
    spine.withdraw(contribution=row, by=beatriz)

    assert SearchEntry.objects.filter(pk=row.pk).exists()
    assert find("marriage").cards == []
    assert find("marriage", member=beatriz).cards == []


def test_withdrawn_leaves_no_trace_in_the_index(beatriz: Member) -> None:
    row = shelf.put("marriage-en")
    shelf.put("committee-en")
    spine.withdraw(contribution=row, by=beatriz)

    hooks.index(Event.objects.get(kind="contribution.withdrawn"))

    assert not SearchEntry.objects.filter(pk=row.pk).exists()
    assert find("marriage").total == 0
    assert names(find("committee")) == ["committee-en"]


@pytest.mark.parametrize("state", [State.WAITING, State.HELD, State.DRAFT, State.EXPIRED])
def test_what_is_not_published_is_never_indexed(state: State) -> None:
    shelf.put("marriage-en", state=state)

    assert not SearchEntry.objects.exists()


def test_a_revised_text_is_found_by_its_new_words_alone() -> None:
    row = shelf.put("committee-en")
    Contribution.objects.filter(pk=row.pk).update(
        title="Our savings group lives", body="", summary=""
    )

    actions.index_many(Contribution.objects.filter(pk=row.pk))

    assert find("grant").cards == []
    assert [card.id for card in find("savings").cards] == [row.pk]


def test_taking_everything_out_leaves_nothing_behind() -> None:
    rows = shelf.put_all()

    actions.remove_many([row.pk for row in rows.values()])

    assert list(Vocabulary.objects.values_list("key", "found_in")) == [(0, 0)]
    assert not Neighbour.objects.exists()
    assert not SearchTerms.objects.exists()
    assert find("child").total == 0
    assert find("", country=["KE"]).total == 0


def test_a_word_only_one_text_had_leaves_with_it_and_shared_words_stay() -> None:
    rows = shelf.put_all()
    only, shared = "surprised", "committee"

    actions.remove_many([rows["body-only-en"].pk, rows["committee-en"].pk])

    assert not Vocabulary.objects.filter(word=only).exists()
    assert not Neighbour.objects.filter(word=only).exists()
    actions.index_many([rows["committee-en"]])
    assert Vocabulary.objects.filter(word=shared, found_in__gt=0).exists()
    assert Neighbour.objects.filter(word=shared).exists()
    assert not Vocabulary.objects.filter(found_in__lte=0).exists()


@pytest.mark.parametrize("fresh", [True, False])
def test_rebuilding_gives_the_same_index(fresh: bool) -> None:
    rows = shelf.put_all()
    kept = dict(Vocabulary.objects.filter(found_in__gt=0).values_list("key", "found_in"))
    order = names(find("children community committee"))
    Contribution.objects.filter(pk=rows["radio-pt"].pk).update(state=State.WITHDRAWN)
    actions.rebuild(fresh=fresh)
    Contribution.objects.filter(pk=rows["radio-pt"].pk).update(state=State.PUBLISHED)

    assert actions.rebuild(fresh=fresh) == len(rows)

    assert dict(Vocabulary.objects.filter(found_in__gt=0).values_list("key", "found_in")) == kept
    assert names(find("children community committee")) == order


def test_filters_narrow_and_facets_leave_out_their_own() -> None:
    shelf.put_all()

    found = find("marriage committee", country=["KE"])

    assert set(names(found)) == {"committee-en", "body-only-en"}
    assert found.counts["country"] == {"KE": 2, "UG": 1, "TZ": 1, "SN": 1}
    assert found.counts["kind"] == {"discussion": 2}
    assert found.without == {"country": 5}


def test_two_filters_each_leave_out_only_themselves() -> None:
    shelf.put_all()

    found = find("", country=["KE", "TZ"], language=["sw"])

    assert names(found) == ["marriage-sw"]
    assert found.counts["language"] == {"en": 2, "sw": 1}
    assert found.counts["country"] == {"TZ": 1}


def test_counts_are_capped_alike_with_and_without_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "COUNTED_AT_MOST", 3)
    for _time in range(5):
        shelf.put("committee-en")

    whole, narrowed = find("committee"), find("committee", country=["KE"])

    assert (whole.total, whole.is_capped) == (3, True)
    assert (narrowed.total, narrowed.is_capped) == (3, True)
    assert whole.counts["country"] == narrowed.counts["country"] == {"KE": 3}


def test_words_that_name_a_filter_are_offered() -> None:
    shelf.put_all()

    assert queries.Offer("country", "KE") in find("committee Kenya").offers
    assert queries.Offer("country", "SN") in find("comité Sénégal", reader="fr").offers
    assert queries.Offer("topic", "child-marriage") in find("ndoa za utotoni").offers
    assert queries.Offer("country", "KE") not in find("Kenya", country=["KE"]).offers


def test_a_mended_word_is_said() -> None:
    shelf.put_all()

    found = find("comittee in Kenya")

    assert found.mended == [("comittee", "committee")]
    assert found.meant == "committee in Kenya"


def test_nothing_known_finds_nothing() -> None:
    shelf.put_all()

    assert find("qqqqq zzzzz") == queries.Found()


def test_matched_words_are_marked_and_the_rest_escaped() -> None:
    shelf.plain(
        "<b>Comités</b> & more", "<script>alert(1)</script> le comité se réunit", language="fr"
    )

    card = find("comité", reader="fr").cards[0]

    assert card.title == "&lt;b&gt;<mark>Comités</mark>&lt;/b&gt; &amp; more"
    assert "<mark>comité</mark>" in card.excerpt
    assert "<script" not in card.excerpt


def test_similar_finds_what_was_asked_before() -> None:
    shelf.put_all()

    found = queries.similar(
        "The grant is finished and our committee does not meet", language="en", member=None
    )

    assert found[0].id == Contribution.objects.get(slug="committee-en").pk


def test_the_last_word_is_completed() -> None:
    shelf.put_all()

    assert "our committee" in queries.completed("our comm")
    assert queries.completed("c") == []
    assert queries.completed("") == []


def test_as_many_queries_for_thirty_as_for_one(amina: Member) -> None:
    def count(typed: str) -> int:
        with CaptureQueriesContext(connection) as context:
            find(typed, member=amina, country=["KE"])
        return len(context)

    shelf.put("committee-en")
    shelf.put("listening-en")
    find("committee")  # the vocabulary and the lexicon are read once
    one = count("committee volunteers")
    for _time in range(29):
        shelf.put("committee-en")
    thirty = count("committee volunteers")

    assert one == thirty <= 6


def test_a_misspelt_search_stays_within_eight_queries() -> None:
    shelf.put_all()
    find("committee")

    with CaptureQueriesContext(connection) as context:
        find("comittee volunters", country=["KE"], language=["en"])

    assert len(context) <= 8


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'; DROP TABLE discovery_searchentry; --",
        '"committee" AND NOT (grant OR *)',
        "NEAR(committee grant, 2)",
        "committee* ^title :body {x}",
        "words:committee",
        "committee & !grant | <-> (((",
        "commit\x00tee",
        "committee \ud800",
        "\u202ecommittee\u202c",
        "a" * 10_000,
        "committee " * 2_000,
        "%_\\",
        "🙂🙂🙂",
        "%s %(x)s {0}",
    ],
)
def test_odd_input_is_answered(typed: str) -> None:
    shelf.put("committee-en")

    find(typed)
    queries.completed(typed)
    queries.similar(typed, language="en", member=None)

    assert SearchEntry.objects.count() == 1


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(max_size=200))
def test_any_text_is_answered(typed: str) -> None:
    if not SearchEntry.objects.exists():
        shelf.put_all()

    found = find(typed)

    assert 0 <= len(found.cards) <= len(shelf.SHELF)


def test_neighbours_are_kept_of_words_only() -> None:
    shelf.plain("Committee 2030")

    spellings = set(Neighbour.objects.values_list("spelling", flat=True))

    assert {"committee", "comittee", "ommittee"} <= spellings
    assert not any(spelling.isdigit() for spelling in spellings)

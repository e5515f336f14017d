"""What a newsletter proposes by itself: helpful, new, near, and never what could point to a child.
Run by pytest alone."""

from datetime import timedelta
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.briefings.builder import items
from exchange.briefings.builder.drafting import draft_items
from exchange.briefings.builder.queries import editions_of, standing
from exchange.briefings.models import Newsletter
from exchange.contributions.sealing import hold_for_reports
from exchange.core.time import now
from tests.briefings.builder.making import begun, many, shared
from tests.webinars.conftest import planned

pytestmark = pytest.mark.django_db


def told(edition):
    """Section and title of each item, in order."""
    return [(item.section, item.contribution.title) for item in standing(edition)]


def titles(edition):
    return [title for _section, title in told(edition)]


def test_each_thing_stands_in_the_section_people_look_for_it_in(amina, beatriz):
    yesterday = now() - timedelta(days=1)
    shared("question", amina, "Answered", reply_count=2, answered_at=yesterday)
    shared("question", amina, "Unanswered")
    shared("experience", amina, "Done")
    shared("discussion", amina, "Talked about")
    planned(beatriz, title="Coming", starts_at=now() + timedelta(days=9))
    planned(beatriz, title="Far away", starts_at=now() + timedelta(days=90))

    assert told(editions_of(begun(beatriz))[0]) == [
        ("answered", "Answered"),
        ("waiting", "Unanswered"),
        ("experience", "Done"),
        ("webinar", "Coming"),
        ("talk", "Talked about"),
    ]


def test_what_helped_most_comes_first_and_no_section_takes_all_the_room(amina, beatriz):
    for number, helped in enumerate([0, 7, 3, 5, 1]):
        shared("idea", amina, f"Helped {helped}", helped_count=helped, reply_count=number)

    assert titles(editions_of(begun(beatriz))[0]) == ["Helped 7", "Helped 5", "Helped 3"]


def test_what_is_older_than_the_period_is_left_out(amina, beatriz):
    shared("idea", amina, "Old", published_at=now() - timedelta(days=40))
    shared("idea", amina, "New")

    assert titles(editions_of(begun(beatriz))[0]) == ["New"]


def test_its_own_language_comes_first_and_others_fill_up(amina, beatriz):
    shared("idea", amina, "English", helped_count=9)
    shared("idea", amina, "Kiswahili", language="sw")
    english, swahili = editions_of(begun(beatriz, languages=("en", "sw")))

    assert titles(english) == ["English", "Kiswahili"]
    assert titles(swahili) == ["Kiswahili", "English"]


def test_a_hub_hears_of_its_own_countries_first(amina, beatriz):
    shared("idea", amina, "From Peru", helped_count=9, countries_of=("PE",))
    shared("idea", amina, "From Kenya", countries_of=("KE",))
    issue = begun(beatriz, hubs=(("east-africa", "en"),))
    everybody, hub = editions_of(issue)

    assert titles(everybody) == ["From Peru", "From Kenya"]
    assert titles(hub) == ["From Kenya", "From Peru"]


def test_what_a_gate_would_ask_about_is_proposed_to_nobody(amina, beatriz):
    said = "Grace Wanjiru, 9 years old, lives with her aunt in Kibera near the school."
    row = shared("idea", amina, "A story")
    type(row).objects.filter(pk=row.pk).update(summary=said)
    shared("idea", amina, "A radio hour")

    assert titles(editions_of(begun(beatriz))[0]) == ["A radio hour"]


def test_what_is_held_after_reports_is_left_out(amina, beatriz):
    row = shared("idea", amina, "Reported")
    hold_for_reports(contribution=row)

    assert titles(editions_of(begun(beatriz))[0]) == []


def test_the_same_thing_is_proposed_once_a_year_in_one_language_unless_a_host_puts_it_in(
    amina, beatriz
):
    row = shared("idea", amina, "A radio hour")
    first = editions_of(begun(beatriz))[0]
    Newsletter.objects.filter(pk=first.pk).update(phase="sent")

    english, swahili = editions_of(begun(beatriz, languages=("en", "sw")))

    assert titles(english) == []
    assert titles(swahili) == ["A radio hour"]
    items.add(edition=english, contribution_id=row.pk, by=beatriz)
    assert titles(english) == ["A radio hour"]


def test_asked_again_it_proposes_anew_and_leaves_what_a_host_put_in(amina, beatriz):
    kept = shared("idea", amina, "Kept", published_at=now() - timedelta(days=300))
    shared("idea", amina, "Proposed")
    edition = editions_of(begun(beatriz))[0]
    items.add(edition=edition, contribution_id=kept.pk, by=beatriz)
    edition.items.filter(is_proposed=True).delete()
    assert titles(edition) == ["Kept"]

    draft_items(edition=edition, by=beatriz)

    assert titles(edition) == ["Kept", "Proposed"]


def test_many_texts_are_drafted_from_in_a_moment(amina, beatriz):
    for kind in ("question", "experience", "idea", "notice", "resource"):
        many(kind, amina, [f"Meeting of committee {n}" for n in range(500)], helped_count=2)
    connection.cursor().execute("ANALYZE")
    edition = editions_of(begun(beatriz))[0]

    with CaptureQueriesContext(connection) as asked:
        begun_at = perf_counter()
        assert draft_items(edition=edition, by=beatriz) == 12
        took = perf_counter() - begun_at

    assert len(asked) <= 24
    assert took < 3, took

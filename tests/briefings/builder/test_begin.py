"""A newsletter is begun, drafts itself, and is released by one host or by two.
Run by pytest alone."""

from datetime import date, timedelta

import pytest

from exchange.briefings.builder import actions, words
from exchange.briefings.builder.paper import letter
from exchange.briefings.builder.queries import editions_of, standing
from exchange.briefings.errors import NotNow, SamePerson
from exchange.briefings.models import Newsletter
from exchange.contributions.actions import publish, withdraw
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.models import State
from exchange.core.time import now
from tests.briefings.builder.making import begun, shared

pytestmark = pytest.mark.django_db
STORY = "Little Grace Wanjiru, 9 years old, from Kibera, lives with her aunt."


def test_one_click_makes_an_edition_for_each_language_and_hub(amina, beatriz):
    shared("experience", amina, "Chiefs against early marriage")
    issue = begun(beatriz, languages=("en", "sw"), hubs=[("east-africa", "sw")])

    found = [(one.hub, one.language, one.phase, one.state) for one in editions_of(issue)]

    assert found == [
        ("", "en", "draft", "draft"),
        ("", "sw", "draft", "draft"),
        ("east-africa", "sw", "draft", "draft"),
    ]
    assert all(len(standing(one)) == 1 for one in editions_of(issue))


def test_a_member_begins_none(amina):
    with pytest.raises(NotAllowed):
        begun(amina)


def test_the_letter_says_each_thing_with_its_address_and_what_is_taken_back_is_gone(amina, beatriz):
    first = shared("experience", amina, "Chiefs against early marriage")
    shared("idea", amina, "A radio hour for grandmothers")
    edition = editions_of(begun(beatriz))[0]

    text = letter(edition).text
    assert "What people did" in text
    assert "Chiefs against early marriage\nhttp" in text
    assert "A radio hour for grandmothers" in letter(edition).html

    withdraw(contribution=first, by=amina)

    assert "Chiefs" not in letter(edition).text
    assert "What people did" not in letter(edition).text


def test_released_by_one_host_it_waits_for_its_hour_and_then_stands_in_the_archive(beatriz):
    edition = editions_of(begun(beatriz))[0]
    hour = now() + timedelta(hours=3)

    row = actions.release(edition=edition, by=beatriz, send_at=hour)

    assert (row.phase, row.send_at, row.state) == ("scheduled", hour, State.DRAFT)
    assert actions.let_out(edition=row)
    assert Newsletter.objects.get(pk=row.pk).state == State.PUBLISHED


def test_an_hour_that_has_passed_is_refused(beatriz):
    edition = editions_of(begun(beatriz))[0]

    with pytest.raises(NotNow):
        actions.release(edition=edition, by=beatriz, send_at=now() - timedelta(minutes=5))


def test_where_two_are_needed_one_host_cannot_do_both(beatriz, desta):
    edition = editions_of(begun(beatriz, needs_two=True))[0]

    assert actions.release(edition=edition, by=beatriz).phase == "released"
    with pytest.raises(SamePerson):
        actions.release(edition=edition, by=beatriz)
    row = actions.release(edition=edition, by=desta)

    assert (row.phase, row.released_by, row.confirmed_by) == ("scheduled", beatriz, desta)


def test_a_release_is_taken_back_until_it_begins(beatriz):
    edition = editions_of(begun(beatriz))[0]
    actions.release(edition=edition, by=beatriz)

    row = actions.unrelease(edition=edition, by=beatriz)
    assert (row.phase, row.send_at, row.released_by) == ("draft", None, None)

    Newsletter.objects.filter(pk=edition.pk).update(phase="sending")
    with pytest.raises(NotNow):
        actions.unrelease(edition=edition, by=beatriz)


def test_what_a_gate_asks_about_beside_the_opening_is_not_released(beatriz):
    edition = editions_of(begun(beatriz))[0]
    Newsletter.objects.filter(pk=edition.pk).update(local=STORY)
    edition.refresh_from_db()

    with pytest.raises(Refused):
        actions.release(edition=edition, by=beatriz, insist=True)


def test_the_period_is_kept_as_it_was_given(beatriz):
    issue = actions.begin(
        name="A week",
        since=date(2026, 11, 1),
        until=date(2026, 11, 7),
        languages=("en",),
        hubs=(),
        by=beatriz,
    )

    assert (issue.since, issue.until) == (date(2026, 11, 1), date(2026, 11, 7))


def test_what_a_host_insists_on_waits_for_another_before_anybody_gets_it(beatriz, desta):
    edition = editions_of(begun(beatriz))[0]
    said = {"title": edition.title, "body": STORY, "by": beatriz, "version": edition.version}
    with pytest.raises(Noticed):
        words.change_words(edition=edition, **said)
    words.change_words(edition=edition, **said, insist=True)
    edition.refresh_from_db()
    with pytest.raises(Noticed):
        actions.release(edition=edition, by=beatriz)

    actions.release(edition=edition, by=beatriz, insist=True)

    assert not actions.let_out(edition=edition)
    row = Newsletter.objects.get(pk=edition.pk)
    assert (row.state, row.phase) == (State.WAITING, "scheduled")
    publish(contribution=row, by=desta, version=row.version)
    assert actions.let_out(edition=edition)


def test_the_box_has_no_page_where_it_could_wait_so_it_must_pass(beatriz):
    edition = editions_of(begun(beatriz))[0]

    with pytest.raises(Refused):
        words.change_words(
            edition=edition,
            title=edition.title,
            body="",
            local=STORY,
            by=beatriz,
            version=edition.version,
            insist=True,
        )


def test_words_that_somebody_else_changed_meanwhile_are_not_overwritten(beatriz, desta):
    edition = editions_of(begun(beatriz))[0]
    old = edition.version
    words.change_words(edition=edition, title="First", body="", by=desta, version=old)

    with pytest.raises(ChangedMeanwhile):
        words.change_words(edition=edition, title="Second", body="", by=beatriz, version=old)


def test_what_is_not_released_is_never_let_out(beatriz, desta):
    edition = editions_of(begun(beatriz, needs_two=True))[0]
    assert not actions.let_out(edition=edition)

    actions.release(edition=edition, by=beatriz)

    assert not actions.let_out(edition=edition)
    assert Newsletter.objects.get(pk=edition.pk).state == State.DRAFT

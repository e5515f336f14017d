"""Planning by its actions: written down, announced, moved, called off, begun, ended. Run by pytest."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.models import State
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.webinars import queries
from exchange.webinars.errors import NotNow
from exchange.webinars.models import LiveEvent, Phase, Webinar
from exchange.webinars.planning import actions
from exchange.webinars.rules import NOBODY, Roles

LEAD = Roles(is_lead=True)
SOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


def written(**more):
    columns = {"starts_at": now() + timedelta(days=7), "zone": "Africa/Nairobi", **more}
    columns.setdefault("wall", "")
    return Content(
        title="Talking with fathers",
        body="What helped.",
        topics=("parenting",),
        other_terms=("region:east-africa",),
        columns=columns,
    )


def kinds_of(webinar):
    rows = Event.objects.filter(subject_type="webinar", subject_id=webinar.pk)
    return list(rows.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def draft(beatriz):
    return actions.plan(content=written(), by=beatriz)


# --- planning and announcing ---


def test_a_host_prepares_and_other_hosts_see_it(draft, beatriz, desta, amina):
    assert draft.state == State.DRAFT
    assert queries.found(draft.pk, beatriz) == draft
    assert queries.found(draft.pk, desta) == draft
    assert queries.found(draft.pk, amina) is None
    assert queries.found(draft.pk, None) is None


def test_a_member_does_not_plan(amina):
    with pytest.raises(NotAllowed):
        actions.plan(content=written(), by=amina)


def test_announcing_opens_registration(draft, desta):
    row = actions.announce(webinar=draft, by=desta)

    assert (row.phase, row.is_public) == (Phase.OPEN, True)
    assert kinds_of(draft) == ["webinar.opened"]


def test_registration_waits_for_its_hour(beatriz):
    later = actions.plan(content=written(opens_at=now() + timedelta(days=2)), by=beatriz)

    row = actions.announce(webinar=later, by=beatriz)

    assert (row.phase, row.is_public, row.takes_seats) == (Phase.ANNOUNCED, True, False)


def test_announcing_is_for_hosts_and_for_hours_ahead(draft, amina, beatriz):
    with pytest.raises(NotAllowed):
        actions.announce(webinar=draft, by=amina)
    with time_machine.travel(now() + timedelta(days=8)), pytest.raises(NotNow):
        actions.announce(webinar=draft, by=beatriz)


def test_words_that_could_point_to_a_child_are_shown_back(beatriz):
    content = written()
    told = Content(
        title="The case of Maria, 9 years old, from Kibera",
        body="Her mother's number is +254 712 345678.",
        columns=content.columns,
    )
    row = actions.plan(content=told, by=beatriz)

    with pytest.raises((Noticed, Refused)):
        actions.announce(webinar=row, by=beatriz)
    assert Webinar.objects.get(pk=row.pk).state == State.DRAFT


# --- changing ---


def test_settings_and_words_change_and_say_so(webinar, beatriz):
    content = written(capacity=40)

    assert actions.change(webinar=webinar, content=content, by=beatriz, version=webinar.version)

    row = Webinar.objects.get(pk=webinar.pk)
    assert (row.capacity, row.body, row.starts_at) == (40, "What helped.", webinar.starts_at)
    assert kinds_of(webinar)[-1] == "webinar.changed"


def test_a_member_changes_nothing(webinar, amina):
    with pytest.raises(NotAllowed):
        actions.change(webinar=webinar, content=written(), by=amina, version=webinar.version)


# --- moving ---


def test_a_move_keeps_the_old_hour_and_counts_up(webinar, beatriz):
    former, later = webinar.starts_at, webinar.starts_at + timedelta(days=1)

    row = actions.move(
        webinar=webinar, starts_at=later, minutes=90, zone="Africa/Nairobi", by=beatriz
    )

    kept = row.moves.get()
    assert (row.starts_at, row.minutes, row.sequence) == (later, 90, 1)
    assert (kept.old_starts_at, kept.new_starts_at, kept.sequence) == (former, later, 1)
    assert kinds_of(webinar)[-1] == "webinar.moved"
    told = LiveEvent.objects.get(webinar=webinar, kind="moved")
    assert told.payload == {"starts": later.isoformat()}


def test_the_same_hour_again_is_no_move(webinar, beatriz):
    row = actions.move(
        webinar=webinar,
        starts_at=webinar.starts_at,
        minutes=webinar.minutes,
        zone=webinar.zone,
        by=beatriz,
    )

    assert (row.sequence, row.moves.count()) == (0, 0)


def test_a_draft_is_only_set(draft, beatriz):
    later = draft.starts_at + timedelta(days=1)

    row = actions.move(webinar=draft, starts_at=later, minutes=60, zone="UTC", by=beatriz)

    assert (row.starts_at, row.sequence, row.moves.count()) == (later, 0, 0)


def test_a_live_one_moves_and_waits_again(live, beatriz):
    later = now().replace(microsecond=0) + timedelta(hours=3)

    row = actions.move(webinar=live, starts_at=later, minutes=60, zone="UTC", by=beatriz)

    assert (row.phase, row.went_live_at, row.sequence) == (Phase.OPEN, None, 1)
    told = LiveEvent.objects.filter(webinar=live).order_by("seq").values_list("kind", "payload")
    assert [kind for kind, _payload in told] == ["moved", "phase"]


def test_a_live_one_grows_longer_where_it_is(live, beatriz):
    row = actions.move(webinar=live, starts_at=live.starts_at, minutes=120, zone="UTC", by=beatriz)

    assert (row.phase, row.minutes, row.sequence) == (Phase.LIVE, 120, 1)


def test_nothing_moves_into_the_past_or_after_its_end(webinar, live, beatriz):
    before = now() - timedelta(hours=1)
    with pytest.raises(NotNow):
        actions.move(webinar=webinar, starts_at=before, minutes=60, zone="UTC", by=beatriz)
    over = actions.end(webinar=live, by=beatriz, roles=LEAD)
    with pytest.raises(NotNow):
        actions.move(
            webinar=over, starts_at=now() + timedelta(days=1), minutes=60, zone="UTC", by=beatriz
        )


# --- calling off ---


def test_calling_off_says_why_once(webinar, beatriz):
    actions.cancel(webinar=webinar, why="Floods have closed the roads.", by=beatriz)
    row = actions.cancel(webinar=webinar, why="Again.", by=beatriz)

    assert (row.phase, row.sequence) == (Phase.CANCELLED, 1)
    assert row.cancelled_why == "Floods have closed the roads."
    assert kinds_of(webinar).count("webinar.cancelled") == 1


def test_a_reason_passes_the_gates_and_a_draft_is_not_called_off(webinar, draft, beatriz, amina):
    with pytest.raises(NotAllowed):
        actions.cancel(webinar=webinar, why="", by=amina)
    with pytest.raises(NotNow):
        actions.cancel(webinar=draft, why="", by=beatriz)
    with pytest.raises((Noticed, Refused)):
        actions.cancel(webinar=webinar, why="Call me: +254 712 345678", by=beatriz)


# --- beginning and ending ---


def test_who_leads_begins_and_ends_once(webinar, amina):
    with time_machine.travel(webinar.starts_at - timedelta(minutes=20), tick=False):
        begun = actions.start(webinar=webinar, by=amina, roles=LEAD)
        actions.start(webinar=webinar, by=amina, roles=LEAD)
    ended = actions.end(webinar=begun, by=amina, roles=LEAD)
    actions.end(webinar=begun, by=amina, roles=LEAD)

    assert (begun.phase, ended.phase) == (Phase.LIVE, Phase.OVER)
    assert kinds_of(webinar) == ["webinar.started", "webinar.ended"]
    assert LiveEvent.objects.filter(webinar=webinar, kind="phase").count() == 2


def test_nobody_else_begins_and_not_a_day_before(webinar, amina):
    with pytest.raises(NotAllowed):
        actions.start(webinar=webinar, by=amina, roles=NOBODY)
    with pytest.raises(NotNow):
        actions.start(webinar=webinar, by=amina, roles=LEAD)
    with pytest.raises(NotNow):
        actions.end(webinar=webinar, by=amina, roles=LEAD)

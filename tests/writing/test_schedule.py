"""Pages with an hour: the clock publishes them once, through the gates, and gives up with a letter."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from exchange.briefings import writing_room
from exchange.briefings.hooks import writing as hooks
from exchange.briefings.models import Due
from exchange.briefings.queries import briefs
from exchange.contributions.models import State
from exchange.core.time import now
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from exchange.writing.models import BriefPage
from exchange.writing.opening.shelves import shelf
from exchange.writing.publishing.actions import press
from exchange.writing.scheduling import actions
from exchange.writing.scheduling.actions import do_due

STORY = "Fatuma, 9 years old, of Kibera Primary School, was beaten by her uncle."
SOON, LATER = timedelta(hours=1), timedelta(days=30)


def planned(by: Member, said: str = "Listen first.", **other: Any) -> BriefPage:
    """A page whose button was pressed, with an hour ahead."""
    given = {"go_live_at": now() + SOON, **other}
    page = BriefPage(title="What listening does", live=False, owner=by, **given)
    page.body = page.body.stream_block.to_python([{"type": "text", "value": f"<p>{said}</p>"}])
    shelf("briefs").specific.add_child(instance=page)
    assert press(revision=page.save_revision(user=by), by=by).code == "scheduled"
    return BriefPage.objects.get(pk=page.pk)


def test_nothing_goes_out_before_its_hour_and_once_at_it(beatriz: Member) -> None:
    page = planned(beatriz)
    assert not briefs(beatriz).exists()
    assert do_due(moment=now()) == 0
    assert not Page.objects.get(pk=page.pk).live
    later = now() + SOON + timedelta(minutes=1)
    assert do_due(moment=later) == 1
    assert briefs(None).get().state == State.PUBLISHED
    assert Page.objects.get(pk=page.pk).live
    assert not Due.objects.exists()
    assert do_due(moment=later) == 0
    assert briefs(beatriz).count() == 1


def test_what_a_gate_stops_stays_a_draft_and_the_host_is_told(beatriz: Member) -> None:
    page = planned(beatriz, STORY)
    assert do_due(moment=now() + LATER) == 0
    assert not Page.objects.get(pk=page.pk).live
    letter = OutgoingMail.objects.get(purpose="writing")
    assert letter.to_address == beatriz.email
    assert "Fatuma" not in letter.subject + letter.text
    assert f"/desk/write/pages/{page.pk}/edit/" in letter.text
    assert not Due.objects.exists()
    assert do_due(moment=now() + LATER) == 0
    assert OutgoingMail.objects.filter(purpose="writing").count() == 1


def test_an_end_takes_it_back(beatriz: Member) -> None:
    page = planned(beatriz, expire_at=now() + LATER)
    do_due(moment=now() + SOON * 2)
    assert page.expire_at is not None
    assert abs(Due.objects.get().at - page.expire_at) < timedelta(seconds=1)
    row = briefs(beatriz).get()
    assert do_due(moment=now() + LATER * 2) == 1
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert not Due.objects.exists()


def test_pressing_again_without_an_hour_takes_the_hour_away(beatriz: Member) -> None:
    page = planned(beatriz)
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = None
    assert press(revision=draft.save_revision(user=beatriz), by=beatriz).code == "public"
    assert not Due.objects.exists()
    assert do_due(moment=now() + LATER) == 0


class Killed(BaseException):
    """As kill -9 would: nothing catches it."""


def test_a_kill_in_the_middle_publishes_nothing_twice(
    beatriz: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = planned(beatriz)
    moment = now() + LATER
    whole = actions.let_out

    def killed(**given: Any) -> None:
        whole(**given)
        raise Killed

    monkeypatch.setattr(actions, "let_out", killed)
    with pytest.raises(Killed):
        do_due(moment=moment)
    assert not briefs(None).exists()
    assert not Page.objects.get(pk=page.pk).live
    monkeypatch.undo()
    # Not at once, and then once.
    assert do_due(moment=moment) == 0
    assert do_due(moment=moment + timedelta(minutes=3)) == 1
    assert briefs(None).count() == 1


def test_what_fails_again_and_again_is_given_up_with_a_letter(
    beatriz: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = planned(beatriz)

    def broken(**given: Any) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(actions, "let_out", broken)
    moment = now() + LATER
    for day in range(10):
        assert do_due(moment=moment + timedelta(days=day)) == 0
    assert not Due.objects.exists()
    assert OutgoingMail.objects.filter(purpose="writing").count() == 1
    assert not Page.objects.get(pk=page.pk).live
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_whoever_is_no_host_any_more_publishes_nothing(beatriz: Member) -> None:
    planned(beatriz)
    Member.objects.filter(pk=beatriz.pk).update(hosting_since=None)
    assert do_due(moment=now() + LATER) == 0
    assert not briefs(None).exists()


def test_the_clock_opens_the_room_only_when_something_is_due(
    beatriz: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[tuple[str, ...]] = []
    monkeypatch.setattr(writing_room, "have_run", lambda *words: run.append(words))
    planned(beatriz)
    hooks.publish_due(now())
    assert run == []
    hooks.publish_due(now() + LATER)
    assert run == [("write_due",)]


def test_the_command_does_what_is_due(beatriz: Member) -> None:
    planned(beatriz)
    Due.objects.update(at=now())
    BriefPage.objects.get().revisions.update(approved_go_live_at=now())
    call_command("write_due")
    assert briefs(None).count() == 1

"""The demo: pretend people and talk, brought in once, and taken away without a trace.
Read by pytest alone."""

import io

import pytest
from django.core.management import call_command

from exchange.contributions.models import Contribution, State
from exchange.conversation import actions as conversation
from exchange.conversation.models import Follow, Mark, Reply
from exchange.core.time import now
from exchange.discovery.actions import index_many
from exchange.discovery.models import SearchEntry
from exchange.members.models import Member
from exchange.project.pretending import play, remove
from exchange.webinars.models import Webinar

pytestmark = pytest.mark.django_db


def test_pretend_people_talk_over_weeks() -> None:
    played = play()

    assert (played.members, played.contributions) == (12, 41)
    assert played.waiting == 0
    assert not Member.objects.filter(is_demo=False).exists()
    rows = Contribution.objects.listed()
    assert rows.count() == 41
    assert not rows.filter(published_at__gt=now()).exists()
    assert len({row.published_at.date() for row in rows}) > 20
    asked = rows.get(title__startswith="Our committee has stopped meeting")
    assert asked.reply_count == Reply.objects.filter(contribution=asked).count() > 1
    assert asked.first_reply_at > asked.published_at
    assert asked.answered_at is not None
    assert Reply.objects.filter(contribution=asked).order_by("created_at")[0].helped_count == 9


def test_bringing_it_in_twice_changes_nothing() -> None:
    play()
    before = Contribution.objects.count(), Reply.objects.count(), Mark.objects.count()

    out = io.StringIO()
    call_command("demo", stdout=out)

    assert "here already" in out.getvalue()
    assert (Contribution.objects.count(), Reply.objects.count(), Mark.objects.count()) == before


def test_removing_leaves_nothing_of_it() -> None:
    play()
    index_many(Contribution.objects.listed())

    remove()

    for model in (Contribution, Reply, Mark, Follow, SearchEntry):
        assert not model.objects.exists()
    assert not Member.objects.exists()


def test_removing_leaves_everything_that_is_real(amina: Member) -> None:
    from exchange.contributions import actions as spine
    from exchange.contributions.content import Content

    real = spine.submit(kind="idea", content=Content(title="A real idea"), author=amina)
    play()

    remove()

    assert list(Contribution.objects.all()) == [real]
    assert list(Member.objects.all()) == [amina]


def test_answers_of_real_members_are_never_deleted(amina: Member) -> None:
    play()
    asked = Contribution.objects.filter(kind="question").first()
    reply = conversation.answer(contribution=asked, author=amina, body="Real.", language="en")

    gone = remove()

    assert gone.withdrawn == 1
    assert Reply.objects.get().pk == reply.pk
    assert Contribution.objects.get().state == State.WITHDRAWN


def test_removing_what_was_never_there_says_so() -> None:
    out = io.StringIO()

    call_command("demo", "--remove", stdout=out)

    assert "Took away 0 pretend members, 0 contributions and 0 replies." in out.getvalue()


def test_pretend_webinars_are_there_and_nobody_pretended_is_written_to() -> None:
    play()

    coming, summed = Webinar.objects.order_by("-starts_at")
    assert (coming.phase, coming.starts_at > now()) == ("open", True)
    assert summed.phase == "summed"
    assert summed.summary_row.points[0] == "Ask first what drivers already do"
    assert {seat.address for seat in coming.seats.select_related("member")} == {""}

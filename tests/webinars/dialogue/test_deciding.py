"""What the helpers decide: show, decline, join, take up, answer, hide; and what they may not.
Run by pytest alone."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from exchange.contributions.errors import NotAllowed, Noticed
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.members import dossier
from exchange.members.models import Member
from exchange.webinars.dialogue import actions, queries
from exchange.webinars.dialogue.actions import leaving
from exchange.webinars.errors import AlreadyDone
from exchange.webinars.models import Asked, AskedVote, LiveEvent, Phase, Webinar
from exchange.webinars.rules import NOBODY, Roles
from tests.webinars.conftest import planned, seated
from tests.webinars.dialogue.conftest import HELPER, HOST, PRESENTER, WORDS, everything_told, told

pytestmark = pytest.mark.django_db
State = Asked.State


def test_shown_it_stands_on_the_wall_and_its_asker_is_told(live, seat, asked, helper):
    actions.show(asked=asked, by=helper, roles=HELPER)

    assert queries.wall(live) == [asked]
    (event,) = told(live, "question", "all")
    assert event == {
        "id": asked.pk,
        "text": WORDS,
        "lang": "en",
        "dir": "ltr",
        "who": "Amina",
        "votes": 0,
        "state": "shown",
        "answer": "",
    }
    assert told(live, "fate", f"seat:{seat.pk}") == [{"id": asked.pk, "state": "shown"}]
    assert told(live, "waiting-gone", "helpers")
    assert Event.objects.get(kind="asked.shown").detail == {"webinar": live.pk}


def test_the_second_of_two_helpers_is_told(asked, helper, beatriz):
    actions.show(asked=asked, by=helper, roles=HELPER)

    for verb in (actions.show, actions.decline):
        with pytest.raises(AlreadyDone):
            verb(asked=asked, by=beatriz, roles=HOST)
    assert Asked.objects.get().state == State.SHOWN


def test_declined_only_its_asker_reads_why(live, seat, asked, helper):
    actions.decline(asked=asked, by=helper, roles=HELPER, note="Thank you. Another time.")

    assert queries.wall(live) == []
    (fate,) = told(live, "fate", f"seat:{seat.pk}")
    assert fate == {"id": asked.pk, "state": "declined", "answer": "Thank you. Another time."}
    assert "Another time" not in str(told(live, audience="all"))
    assert queries.mine(live, seat)[0].note == "Thank you. Another time."


def test_a_note_that_points_to_a_child_comes_back_to_the_helper(asked, helper):
    note = "Please call the uncle of Juma Otieno, 9 years old, of Kibera."

    with pytest.raises(Noticed):
        actions.decline(asked=asked, by=helper, roles=HELPER, note=note)
    assert Asked.objects.get().state == State.WAITING


@pytest.mark.parametrize("roles", [NOBODY, PRESENTER, Roles(is_writer=True)])
def test_who_has_another_task_decides_nothing(asked, chen, roles):
    for verb in (actions.show, actions.decline):
        with pytest.raises(NotAllowed):
            verb(asked=asked, by=chen, roles=roles)


def test_nobody_decides_about_their_own_question_but_a_host(live, helper, beatriz, asks):
    own = asks(live, seated(live, helper))
    with pytest.raises(NotAllowed):
        actions.show(asked=own, by=helper, roles=HELPER)

    hosts = asks(live, seated(live, beatriz))
    assert actions.show(asked=hosts, by=beatriz, roles=HOST).state == State.SHOWN


def test_joined_its_voices_and_its_asker_count_for_the_other(live, guest, shown, helper, asks):
    twin = actions.show(asked=asks(live, guest, text="Fathers?"), by=helper, roles=HELPER)
    third = seated(live, email="third@example.org")
    for one in (twin, shown):
        actions.vote(asked=one, seat=third, on=True)

    other = actions.join_to(asked=twin, to=shown, by=helper, roles=HELPER)

    assert other.votes == 2
    assert {one.seat_id for one in AskedVote.objects.filter(asked=shown)} == {guest.pk, third.pk}
    assert queries.wall(live) == [shown]
    assert told(live, "question-gone") == [{"id": twin.pk}]
    # A page that was opened before: the voice goes where the question went.
    late = seated(live, email="late@example.org")
    assert actions.vote(asked=twin, seat=late, on=True).votes == 3


def test_nothing_is_joined_with_itself_or_with_what_is_not_on_this_wall(
    live, seat, shown, guest, helper, asks, beatriz
):
    waits = asks(live, guest, text="Fathers?")
    elsewhere = planned(beatriz, title="Another")
    there = asks(elsewhere, seated(elsewhere, beatriz))
    actions.show(asked=there, by=beatriz, roles=HOST)

    for to in (waits, there):
        with pytest.raises(NotAllowed):
            actions.join_to(asked=waits, to=to, by=helper, roles=HELPER)


def test_one_question_is_answered_at_a_time(live, shown, guest, helper, asks):
    second = actions.show(asked=asks(live, guest, text="Fathers?"), by=helper, roles=HELPER)
    actions.take_up(asked=shown, by=None, roles=PRESENTER)
    actions.take_up(asked=second, by=helper, roles=HELPER)

    states = {row.pk: row.state for row in Asked.objects.all()}
    assert states == {shown.pk: State.ANSWERED, second.pk: State.ANSWERING}
    assert [row["id"] for row in told(live, "next", "presenters")][-1] == second.pk
    with pytest.raises(AlreadyDone):
        actions.take_up(asked=shown, by=helper, roles=HELPER)
    assert actions.put_back(asked=shown, by=helper, roles=HELPER).state == State.SHOWN


def test_the_gist_stands_with_the_question_and_can_be_put_right(live, seat, shown, helper):
    actions.answer(
        asked=shown, by=None, roles=PRESENTER, gist="Begin with tea.", answered_as="Wanjiru"
    )
    actions.answer(asked=shown, by=helper, roles=HELPER, gist="Begin with tea, and time.")

    row = Asked.objects.get()
    assert (row.state, row.answer, row.answered_as) == (
        State.ANSWERED,
        "Begin with tea, and time.",
        "Wanjiru",
    )
    assert told(live, "question")[-1]["answer"] == row.answer
    assert told(live, "fate")[-1] == {"id": row.pk, "state": "answered", "answer": row.answer}
    assert queries.unanswered(live) == []


def test_a_gist_that_points_to_a_child_is_never_shown(live, shown, helper):
    with pytest.raises(Noticed):
        actions.answer(
            asked=shown,
            by=helper,
            roles=HELPER,
            gist="As with Juma Otieno, 9 years old, of Kibera.",
        )
    assert "Otieno" not in everything_told(live)


def test_taken_down_it_leaves_every_event(live, shown, helper):
    assert WORDS in everything_told(live)

    actions.hide(asked=shown, by=helper, roles=HELPER)

    assert WORDS not in everything_told(live)
    assert told(live, "question-gone") == [{"id": shown.pk}]
    assert queries.wall(live) == []
    with pytest.raises(AlreadyDone):
        actions.hide(asked=shown, by=helper, roles=HELPER)
    assert actions.let_back(asked=shown, by=helper, roles=HELPER).state == State.WAITING


def test_a_line_of_chat_is_let_out_once_and_taken_down(live, guest, helper, beatriz):
    line = actions.say(webinar=live, seat=guest, text="Good morning!", language="en")
    actions.let_out_said(said=line, by=helper, roles=HELPER)
    with pytest.raises(AlreadyDone):
        actions.let_out_said(said=line, by=beatriz, roles=HOST)
    assert queries.chat(live) == [line]

    actions.hide_said(said=line, by=helper, roles=HELPER)

    assert queries.chat(live) == []
    assert "Good morning" not in everything_told(live)
    assert told(live, "chat-gone") == [{"id": line.pk}]


def test_what_left_with_its_writer_stands_unnamed(live, seat, amina, shown):
    actions.raise_hand(webinar=live, seat=seat, up=True)
    assert "Amina" in everything_told(live)

    dossier.erase(amina)

    row = queries.wall(live)[0]
    assert (row.shown_as, row.text, row.member) == ("", WORDS, None)
    assert "Amina" not in everything_told(live)


def test_events_are_forgotten_a_month_after_and_never_while_the_hour_is_ahead(live, shown):
    later = now() + timedelta(days=31)
    assert leaving.forget_old(moment=later) == 0

    Webinar.objects.filter(pk=live.pk).update(phase=Phase.OVER)

    assert leaving.forget_old(moment=now()) == 0
    assert leaving.forget_old(moment=later) > 0
    assert everything_told(live) == "[]"
    assert queries.wall(live) == [shown]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verbs", [("show", "show"), ("show", "decline"), ("take_up", "hide")])
def test_of_two_at_the_same_moment_one_wins(live: Webinar, asked, helper: Member, beatriz, verbs):
    if "take_up" in verbs:
        actions.show(asked=asked, by=helper, roles=HELPER)
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def decide(verb: str, by: Member, roles: Roles) -> None:
        ready.wait()
        try:
            getattr(actions, verb)(asked=asked, by=by, roles=roles)
            outcomes.append("done")
        except AlreadyDone:
            outcomes.append("told")
        finally:
            connection.close()

    who = [(verbs[0], helper, HELPER), (verbs[1], beatriz, HOST)]
    threads = [threading.Thread(target=decide, args=one) for one in who]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    # To hide what was taken up is no double decision: both may be done, in that order.
    assert sorted(outcomes) == ["done", "told"] or (
        "hide" in verbs and outcomes == ["done", "done"]
    )
    numbers = list(LiveEvent.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))

"""Deciding at the desk: each verb, its refusals, two hosts at once, and the trace it leaves.
Run by pytest alone."""

import re

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Decision, Revision, State
from exchange.conversation.models import Reply, ReplyDecision
from exchange.desk import words
from exchange.ledger.models import Delivery, Event
from tests import cast
from tests.desk.test_morning import dead_letter

pytestmark = pytest.mark.django_db


def post(client: Client, row, **fields):
    room = {Contribution: "contributions", Reply: "replies", Revision: "revisions"}[type(row)]
    data = {"what": "publish", "version": getattr(row, "version", 1), **fields}
    return client.post(f"/desk/{room}/{row.pk}/decision/", data)


def after(answer, client: Client) -> str:
    """The page somebody comes to."""
    assert answer.status_code == 302
    return client.get(answer["Location"].split("#")[0]).content.decode()


def test_publishing_lets_the_words_out_and_welcomes_the_newcomer(desk, beatriz, waiting, chen):
    answer = post(desk, waiting, following="reply-3")

    waiting.refresh_from_db()
    chen.refresh_from_db()
    decision = waiting.decisions.get()
    assert (waiting.state, chen.is_newcomer) == (State.PUBLISHED, False)
    assert (decision.what, decision.by, decision.by_name) == ("publish", beatriz, "Beatriz")
    assert Event.objects.filter(kind="contribution.published", actor_id=beatriz.pk).count() == 1
    assert answer["Location"] == "/desk/#reply-3"
    assert "Published. Chen is told by e-mail." in after(answer, desk)


def test_holding_needs_a_note_and_keeps_the_words_back_with_it(desk, waiting):
    without = post(desk, waiting, what="hold")
    waiting.refresh_from_db()
    assert (without.status_code, waiting.state) == (422, State.WAITING)
    assert "a few kind words" in without.content.decode()

    answer = post(desk, waiting, what="hold", note="We will come back to you tomorrow.")

    waiting.refresh_from_db()
    decision = waiting.decisions.get()
    assert waiting.state == State.HELD
    assert (decision.what, decision.note) == ("hold", "We will come back to you tomorrow.")
    assert "Held. Your note is on its way to Chen." in after(answer, desk)


def test_asking_to_rewrite_is_a_decision_of_its_own(desk, waiting):
    post(desk, waiting, what="rewrite", note="Please leave the village out.")

    assert waiting.decisions.get().what == Decision.What.REWRITE


def test_a_rewritten_text_comes_back_to_the_queue(desk, waiting, chen):
    post(desk, waiting, what="rewrite", note="Please leave the village out.")
    waiting.refresh_from_db()
    spine.revise(
        contribution=waiting, content=Content(title="Shorter"), by=chen, version=waiting.version
    )

    assert "Shorter" in desk.get("/desk/").content.decode()


def test_an_answer_is_published_held_and_sent_back_in_the_same_way(desk, waiting_reply):
    post(desk, waiting_reply, what="rewrite", note="Please leave the name out.")
    waiting_reply.refresh_from_db()
    last = waiting_reply.decisions.get()
    assert waiting_reply.state == State.HELD
    assert last.what == ReplyDecision.What.REWRITE

    post(desk, waiting_reply, seen=last.pk)

    waiting_reply.refresh_from_db()
    assert waiting_reply.state == State.PUBLISHED


@pytest.fixture
def change(question, amina) -> Revision:
    """A change of a published question that waits."""
    return Revision.objects.create(
        contribution=question,
        number=2,
        title="Who opens your meetings now?",
        body="We take turns.",
        by=amina,
        state=State.WAITING,
    )


def test_a_change_let_out_replaces_the_words(desk, question, change):
    assert post(desk, change).status_code == 302

    question.refresh_from_db()
    assert question.title == "Who opens your meetings now?"


def test_a_change_not_let_out_leaves_the_words_and_is_told(desk, question, change):
    assert post(desk, change, what="hold", note="Please keep the old title.").status_code == 302

    question.refresh_from_db()
    change.refresh_from_db()
    assert (question.title, change.state) == ("Who opens your meetings?", State.HELD)
    assert Event.objects.filter(kind="revision.held", subject_id=change.pk).count() == 1


def test_the_second_of_two_hosts_is_told_who_decided_and_keeps_her_note(desk, waiting, desta):
    post(desk, waiting)

    late = post(cast.signed_in(Client(), desta), waiting, what="hold", note="Let us wait a little.")

    shown = late.content.decode()
    assert late.status_code == 409
    assert "Beatriz decided" in shown
    assert "published" in shown
    assert "Let us wait a little." in shown
    assert waiting.decisions.count() == 1


def test_the_second_of_two_hosts_is_told_about_an_answer_and_a_change_too(
    desk, waiting_reply, change, desta
):
    other = cast.signed_in(Client(), desta)
    post(desk, waiting_reply)
    post(desk, change)

    reply_late = post(other, waiting_reply, what="hold", note="One moment.")
    change_late = post(other, change, what="hold", note="One moment.", about=change.contribution_id)

    for late in (reply_late, change_late):
        assert late.status_code == 409
        assert "Beatriz decided" in late.content.decode()
        assert "One moment." in late.content.decode()


def test_a_host_does_not_overturn_a_decision_she_has_not_seen(desk, waiting, waiting_reply, desta):
    other = cast.signed_in(Client(), desta)
    for row in (waiting, waiting_reply):
        post(desk, row, what="hold", note="One moment.")

        late = post(other, row)

        row.refresh_from_db()
        assert (late.status_code, row.state) == (409, State.HELD)
        assert "Somebody was faster" in late.content.decode()
        assert "Beatriz decided" in late.content.decode()
        assert post(other, row, seen=row.decisions.get().pk).status_code == 302


def test_words_that_changed_meanwhile_are_not_decided_unread(desk, waiting, chen):
    spine.revise(contribution=waiting, content=Content(title="Other words"), by=chen, version=1)

    answer = post(desk, waiting, version=1)

    waiting.refresh_from_db()
    assert (answer.status_code, waiting.state) == (409, State.WAITING)
    assert "The words have changed" in answer.content.decode()


def test_a_host_does_not_decide_about_her_own_words(desk, beatriz, chen, waiting):
    waiting.author = beatriz
    waiting.save(update_fields=["author"])
    page = desk.get("/desk/").content.decode()

    answer = post(desk, waiting)

    waiting.refresh_from_db()
    assert (answer.status_code, waiting.state) == (403, State.WAITING)
    assert "These are your own words." in page
    assert 'value="publish"' not in page


def test_a_ready_note_comes_in_the_authors_language_below_what_was_typed(desk, waiting, chen):
    chen.languages = "fr en"
    chen.save(update_fields=["languages"])

    shown = post(desk, waiting, what="rewrite", note="Dear Chen,", ready="safe").content.decode()

    french = words.note("safe").in_language("fr")
    waiting.refresh_from_db()
    assert f"Dear Chen,\n\n{french[:40]}" in shown.replace("&#x27;", "'")
    assert "français" in shown.lower() or "french" in shown.lower()
    assert waiting.state == State.WAITING


def test_a_note_is_written_in_the_language_asked_for():
    borrowed = words.Note("day", gettext_lazy("Monday"), gettext_lazy("Monday"))

    assert [borrowed.in_language(code) for code in ("en", "fr", "ar")] == [
        "Monday",
        "lundi",
        "الاثنين",
    ]


def test_members_and_visitors_decide_nothing(visitor, amina, desk, waiting):
    assert post(cast.signed_in(Client(), amina), waiting).status_code == 404
    assert post(visitor, waiting).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING

    assert post(desk, waiting).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.PUBLISHED


@pytest.mark.parametrize(
    "odd",
    [
        {"what": "burn"},
        {"version": "x"},
        {"version": "99999999999999999999"},
        {"following": "javascript:alert(1)"},
        {"what": "hold", "note": "\x00 \u202e\u200b"},
        {"what": "hold", "note": "a" * 4000},
    ],
)
def test_odd_input_is_answered_in_words_and_decides_nothing_unmeant(desk, waiting, odd):
    answer = post(desk, waiting, **odd)

    waiting.refresh_from_db()
    if "following" in odd:
        assert answer["Location"] == "/desk/"
    else:
        assert (answer.status_code, waiting.state) in [
            (422, State.WAITING),
            (409, State.WAITING),
        ]


def test_a_dead_letter_is_tried_again_or_let_go_once(desk):
    first, second = dead_letter(), dead_letter(recipient="2")

    retried = desk.post(f"/desk/deliveries/{first.pk}/decision/", {"what": "retry"})
    dropped = desk.post(f"/desk/deliveries/{second.pk}/decision/", {"what": "drop"})
    again = desk.post(f"/desk/deliveries/{second.pk}/decision/", {"what": "drop"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (Delivery.State.QUEUED, Delivery.State.DROPPED)
    assert [answer.status_code for answer in (retried, dropped, again)] == [302, 302, 302]
    assert "Somebody has already decided" in after(again, desk)
    assert desk.post(f"/desk/deliveries/{first.pk}/decision/", {"what": "x"}).status_code == 404


def test_a_host_welcomes_a_newcomer_by_hand(desk, chen, amina):
    shown = desk.get("/desk/people/").content.decode()
    assert "Welcome Chen" in shown
    assert "Welcome Amina" not in shown
    assert "Beatriz" in shown

    answer = desk.post(f"/desk/people/{chen.pk}/welcome/")

    chen.refresh_from_db()
    assert chen.welcomed_at is not None
    assert "Chen is welcomed" in after(answer, desk)
    assert desk.post("/desk/people/999999/welcome/").status_code == 404


def test_what_is_held_is_not_forgotten_and_can_be_published_after_all(
    desk, waiting, waiting_reply, amina
):
    post(desk, waiting, what="hold", note="We need a day.")
    post(desk, waiting_reply, what="rewrite", note="Please leave the name out.")

    shown = desk.get("/desk/held/").content.decode()
    own_page = desk.get(f"/desk/contributions/{waiting.pk}/decision/").content.decode()
    waiting.refresh_from_db()
    assert shown.index("waits for us") < shown.index("waits for its author")
    assert "Publish it" in own_page
    assert cast.signed_in(Client(), amina).get("/desk/held/").status_code == 404

    seen = re.search(r'name="seen" value="(\d+)"', own_page)[1]
    assert post(desk, waiting, version=waiting.version, seen=seen).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.PUBLISHED
    assert waiting.title not in desk.get("/desk/held/").content.decode()

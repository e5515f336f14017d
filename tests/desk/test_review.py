"""Looking at something, a reason with each decision, trust, and what a newcomer may send in a day.
Run by pytest alone."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.test import Client

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.errors import TooMany
from exchange.contributions.models import Contribution, State
from exchange.conversation import actions as talk
from exchange.conversation import marks
from exchange.core import gates
from exchange.core.time import now
from exchange.desk import claims
from exchange.desk.models import Claim
from exchange.desk.queries.morning import morning
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import actions as people
from exchange.members import rules
from tests import cast
from tests.desk.test_deciding import post

pytestmark = pytest.mark.django_db


def send(author, n=0, body="") -> Contribution:
    content = Content(title=f"What helped your committee, {n}?", body=body)
    return spine.submit(kind="question", content=content, author=author)


def test_others_see_who_is_looking_and_may_decide_all_the_same(desk, waiting, beatriz, desta):
    other = cast.signed_in(Client(), desta)
    desk.post(f"/desk/looking/contribution/{waiting.pk}/")

    assert "You are looking at this." in desk.get("/desk/").content.decode()
    assert "Beatriz is looking at this" in other.get("/desk/").content.decode()
    other.post(f"/desk/looking/contribution/{waiting.pk}/")
    assert Claim.objects.get().by == beatriz
    assert post(other, waiting).status_code == 302
    assert not Claim.objects.exists()


def test_a_claim_lapses_and_can_be_given_back(desk, waiting, beatriz, desta):
    claims.take(what="contribution", about=waiting.pk, by=beatriz)
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert morning(beatriz).contributions.items[0].claim is None
        assert claims.take(what="contribution", about=waiting.pk, by=desta).by == desta

    desk.post(f"/desk/looking/contribution/{waiting.pk}/", {"off": "1"})
    assert Claim.objects.get().by == desta
    claims.drop(what="contribution", about=waiting.pk, by=desta)
    assert not Claim.objects.exists()
    assert desk.post(f"/desk/looking/anything/{waiting.pk}/").status_code == 404


def test_the_reason_is_kept_with_the_decision_and_comes_with_a_ready_note(desk, waiting):
    drawn = desk.post(
        f"/desk/contributions/{waiting.pk}/decision/", {"ready": "safe", "what": "hold"}
    )
    assert '<option value="child" selected>' in drawn.content.decode()

    post(desk, waiting, what="hold", note="Please leave the village out.", reason="child")

    assert waiting.decisions.get().get_reason_display() == "it could point to a child"
    assert post(desk, waiting, what="hold", note="x", reason="odd").status_code == 422


def test_a_newcomer_is_trusted_once_welcomed_and_accepted(chen, beatriz):
    people.welcome(member=chen, by=beatriz)
    assert not rules.trust(chen)
    first = send(chen)
    assert first.state == State.WAITING

    spine.publish(contribution=first, by=beatriz, version=1)

    chen.refresh_from_db()
    assert rules.trust(chen)
    assert send(chen, 1).state == State.PUBLISHED


def test_a_newcomers_fourth_text_of_a_day_is_refused_kindly_and_kept(chen, amina, beatriz):
    for n in range(3):
        send(chen, n)
    with pytest.raises(TooMany):
        send(chen, 3)
    typed = {"title": "My fourth question of today", "language": "en", "once": "k" * 12}
    page = cast.signed_in(Client(), chen).post("/ask/", typed)
    assert page.status_code == 422
    assert "please send this tomorrow" in page.content.decode()
    assert "My fourth question of today" in page.content.decode()

    with time_machine.travel(now() + timedelta(hours=25)):
        send(chen, 4)
    for n in range(4):
        send(amina, n)
    assert Contribution.objects.filter(author=amina).count() == 4


def test_what_a_host_sent_back_makes_room_for_a_newcomer(chen, beatriz):
    rows = [send(chen, n) for n in range(3)]
    spine.hold(contribution=rows[0], by=beatriz, version=1, note="Not yet.")

    send(chen, 3)


def test_a_newcomers_eleventh_answer_of_a_day_is_refused(question, chen):
    for n in range(10):
        talk.answer(contribution=question, author=chen, body=f"Answer {n}.", language="en")

    with pytest.raises(TooMany):
        talk.answer(contribution=question, author=chen, body="One more.", language="en")


def test_more_than_two_links_of_a_newcomer_are_a_reason_to_wait(chen, amina):
    def reasons(text: str, *, is_new: bool) -> set[str]:
        verdict = gates.judge(
            gates.Submission(text, "question", author_id=1, author_is_newcomer=is_new)
        )
        return {reason.code for reason in verdict.reasons}

    three = "See https://a.example, www.b.example and http://c.example/x"
    assert "links" in reasons(three, is_new=True)
    assert "links" not in reasons("See https://a.example and www.b.example", is_new=True)
    assert "links" not in reasons(three, is_new=False)


def test_a_host_withdraws_the_author_is_told_and_readers_are_asked_to_delete(
    desk, question, amina, beatriz
):
    femi = cast.person("Femi", languages="fr")
    marks.follow(member=femi, contribution=question, level="each")
    talk.answer(contribution=question, author=beatriz, body="A private thing.", language="en")
    worker.run_until_idle()
    path = f"/contributions/{question.pk}/withdrawal/"
    assert "One person was sent mail about it" in desk.get(path).content.decode()

    desk.post(path, {"note": "It could point to a child.", "reason": "child", "recall": "on"})
    worker.run_until_idle()

    recall = OutgoingMail.objects.get(purpose="recall")
    told = OutgoingMail.objects.get(key__startswith="alert:withdrawn:contribution:")
    assert (recall.to_address, recall.language) == (femi.email, "fr")
    assert told.to_address == amina.email
    assert "It could point to a child." in told.text
    for mail in (recall, told):
        assert question.title not in mail.text + mail.subject
        assert "A private thing." not in mail.text
    assert question.decisions.first().reason == "child"


def test_authors_recall_nothing_and_are_not_written_to_about_their_own_act(question, amina):
    page = cast.signed_in(Client(), amina).post(
        f"/contributions/{question.pk}/withdrawal/", {"recall": "on"}
    )
    worker.run_until_idle()

    question.refresh_from_db()
    assert (page.status_code, question.state) == (302, State.WITHDRAWN)
    assert not OutgoingMail.objects.exists()


def test_the_log_is_narrowed_by_host_and_by_sort_and_taken_along_without_titles(
    desk, waiting, waiting_reply, beatriz, desta, amina
):
    post(desk, waiting)
    other = cast.signed_in(Client(), desta)
    post(other, waiting_reply, what="hold", note="A private word.", reason="thinking")
    people.pause(member=amina, until=now() + timedelta(days=3), by=desta)

    def rows(query: str = "") -> list[list[str]]:
        answer = desk.get(f"/desk/log/table.csv{query}")
        return [line[1:4] for line in csv.reader(StringIO(answer.content.decode()))][1:]

    assert [line[:2] for line in rows()] == [
        ["Desta", "paused"],
        ["Desta", "held"],
        ["Beatriz", "welcomed"],
        ["Beatriz", "published"],
    ]
    assert [line[1] for line in rows(f"?by={desta.pk}")] == ["paused", "held"]
    assert rows("?what=hold") == [["Desta", "held", "hosts want to think about it"]]
    assert rows("?what=member.paused")[0][2].startswith("until ")
    assert len(rows("?what=nonsense&by=x")) == 4
    table = desk.get("/desk/log/table.csv").content.decode()
    assert waiting.title not in table
    assert "A private word." not in table
    assert "Amina" in table
    assert cast.signed_in(Client(), amina).get("/desk/log/table.csv").status_code == 404
    page = desk.get(f"/desk/log/?by={desta.pk}").content.decode()
    assert "hosts want to think about it" in page
    assert waiting.title not in page


def test_a_name_that_looks_like_a_formula_stays_a_name_in_the_table(desk, waiting, beatriz):
    beatriz.display_name = "=1+1"
    beatriz.save(update_fields=["display_name"])
    post(desk, waiting)

    assert "'=1+1" in desk.get("/desk/log/table.csv").content.decode()

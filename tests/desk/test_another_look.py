"""Another host's look: asked once, decided by somebody else, told to the author.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.contributions import actions as spine
from exchange.contributions.errors import AlreadyDecided, NotAllowed
from exchange.contributions.models import Contribution, State
from exchange.conversation import actions as talk
from exchange.desk import appeals
from exchange.desk.models import Appeal
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import actions as people
from tests import cast
from tests.desk.test_deciding import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(waiting, beatriz) -> Contribution:
    return spine.hold(contribution=waiting, by=beatriz, version=1, note="Not yet.", reason="child")


@pytest.fixture
def withdrawn(question, beatriz) -> Contribution:
    return spine.withdraw(contribution=question, by=beatriz, note="It could point to a child.")


def page(row) -> str:
    return f"/desk/ask/contributions/{row.pk}/"


def test_an_author_asks_once_and_the_other_hosts_are_told(held, chen, beatriz, desta):
    author = cast.signed_in(Client(), chen)
    assert "Please let another host look" in author.get(held.get_absolute_url()).content.decode()

    answer = author.post(page(held), {"words": "I named nobody."})
    worker.run_until_idle()

    appeal = Appeal.objects.get()
    assert answer.status_code == 302
    assert (appeal.words, appeal.against, appeal.outcome) == ("I named nobody.", beatriz, "open")
    told = OutgoingMail.objects.filter(key__startswith="alert:appeal:")
    assert [mail.to_address for mail in told] == [desta.email]
    assert "named nobody" not in told.get().text
    assert author.post(page(held), {"words": "Again."}).status_code == 404
    assert author.get(page(held)).status_code == 404


def test_who_held_it_leaves_it_to_another_host(desk, held, chen, beatriz, desta):
    appeal = appeals.ask(about=held, by=chen)
    seen = held.decisions.first().pk

    own = desk.post(f"/desk/appeals/{appeal.pk}/", {"what": "let_out"})
    around = post(desk, held, seen=seen)
    other = cast.signed_in(Client(), desta)
    decided = other.post(f"/desk/appeals/{appeal.pk}/", {"what": "let_out"})

    held.refresh_from_db()
    appeal.refresh_from_db()
    assert (own.status_code, around.status_code, decided.status_code) == (403, 403, 302)
    assert "Somebody else decides now" in around.content.decode()
    assert (held.state, appeal.outcome, appeal.settled_by) == (State.PUBLISHED, "let_out", desta)


def test_a_host_who_is_alone_decides_all_the_same(desk, held, chen, beatriz):
    appeal = appeals.ask(about=held, by=chen)

    assert desk.post(f"/desk/appeals/{appeal.pk}/", {"what": "let_out"}).status_code == 302

    held.refresh_from_db()
    assert held.state == State.PUBLISHED


def test_what_was_withdrawn_comes_back_or_stays_and_the_author_is_told(
    desk, withdrawn, amina, beatriz, desta
):
    appeal = appeals.ask(about=withdrawn, by=amina)
    other = cast.signed_in(Client(), desta)
    empty = other.post(f"/desk/appeals/{appeal.pk}/", {"what": "stays"})
    assert empty.status_code == 422

    other.post(f"/desk/appeals/{appeal.pk}/", {"what": "stays", "note": "We read it twice."})
    worker.run_until_idle()

    withdrawn.refresh_from_db()
    assert withdrawn.state == State.WITHDRAWN
    mail = OutgoingMail.objects.get(subject="Another host has looked")
    assert (mail.to_address, "We read it twice." in mail.text) == (amina.email, True)
    with pytest.raises(AlreadyDecided):
        appeals.settle(appeal=appeal, let_out=True, by=desta, note="")


def test_let_back_it_stands_again_for_everybody(withdrawn, amina, desta, visitor):
    appeal = appeals.ask(about=withdrawn, by=amina)
    assert visitor.get(withdrawn.get_absolute_url()).status_code == 404

    appeals.settle(appeal=appeal, let_out=True, by=desta, note="")
    worker.run_until_idle()

    assert visitor.get(withdrawn.get_absolute_url()).status_code == 200
    assert OutgoingMail.objects.filter(subject="What you wrote is out").exists()


def test_an_answer_is_looked_at_again_in_the_same_way(waiting_reply, chen, beatriz, desta):
    talk.hold_reply(reply=waiting_reply, by=beatriz, version=1, note="Not yet.")
    waiting_reply.refresh_from_db()
    author = cast.signed_in(Client(), chen)
    author.post(f"/desk/ask/answers/{waiting_reply.pk}/", {"words": ""})

    appeals.settle(appeal=Appeal.objects.get(), let_out=True, by=desta, note="")

    waiting_reply.refresh_from_db()
    assert waiting_reply.state == State.PUBLISHED


def test_a_decision_in_the_queue_settles_it_too(held, chen, desta):
    appeal = appeals.ask(about=held, by=chen)

    post(cast.signed_in(Client(), desta), held, seen=held.decisions.first().pk)

    appeal.refresh_from_db()
    assert appeal.outcome == "let_out"


def test_nobody_asks_about_what_they_took_back_themselves_or_what_is_others(
    question, held, amina, chen, beatriz
):
    spine.withdraw(contribution=question, by=amina)
    question.refresh_from_db()

    for row, member in ((question, amina), (held, amina), (held, beatriz)):
        with pytest.raises(NotAllowed):
            appeals.ask(about=row, by=member)
    assert cast.signed_in(Client(), amina).get(page(held)).status_code == 404
    assert not Appeal.objects.exists()


def test_a_host_who_has_gone_does_not_count_as_another(held, chen, beatriz, desta):
    appeal = appeals.ask(about=held, by=chen)
    assert not appeals.may_settle(beatriz, appeal)

    people.end_hosting(member=desta)

    assert appeals.may_settle(beatriz, appeal)


def test_the_desk_shows_open_ones_and_what_came_of_others(desk, held, chen, desta):
    appeals.ask(about=held, by=chen)
    other = cast.signed_in(Client(), desta)

    assert "Authors who ask for another look" in other.get("/desk/").content.decode()
    assert "waits for another host than you" in desk.get("/desk/appeals/").content.decode()
    assert desk.get(f"/desk/appeals/{Appeal.objects.get().pk}/").status_code == 200
    assert cast.signed_in(Client(), chen).get("/desk/appeals/").status_code == 404

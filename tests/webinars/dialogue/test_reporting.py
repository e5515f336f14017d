"""Live words are reported in two taps; sealed they are gone for everybody, and come back by a helper.
Run by pytest alone."""

import threading

import pytest
from django.db import connection
from django.test import Client

from exchange.contributions import sealing as spine
from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.safeguarding import targets
from exchange.safeguarding.actions import Circumstances, handling, report
from exchange.safeguarding.actions.standing import appoint
from exchange.safeguarding.models import Case, CaseEntry, Concern, Evidence, Recusal
from exchange.webinars.dialogue import actions, desk, queries
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Asked, Lane, Line, LiveEvent, Said
from tests.webinars.conftest import seated
from tests.webinars.dialogue.conftest import HELPER, HOST, WORDS, everything_told, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(desta):
    appoint(member=desta, role="lead")
    return desta


@pytest.fixture
def at_desk(lead, signed_in) -> Client:
    return signed_in(Client(), lead)


def report_of(code: str, row, kind: str = "at-risk", line: str = "", **more) -> Concern:
    target = targets.find(code, row.pk, None)
    assert target is not None
    return report(kind=kind, target=target, circumstances=Circumstances(line=line), **more)


def test_two_taps_of_a_visitor_hide_a_question_and_alarm_the_lead(live, shown, lead, amina):
    phone = Client()
    page = phone.get(f"/report/asked/{shown.pk}/")
    assert WORDS in page.content.decode()

    sent = phone.post(f"/report/asked/{shown.pk}/", {"kind": "at-risk"})

    assert sent.status_code == 302
    assert "hidden=1" in sent.url
    case = Case.objects.get()
    assert (case.about, case.place, case.place_pk) == ("elsewhere", "asked", shown.pk)
    assert (case.person, case.is_sealed) == (amina, True)
    kept = Evidence.objects.get()
    assert (kept.text, kept.is_unchanged, kept.shown_as) == (WORDS, True, "Amina")
    assert queries.wall(live) == []
    assert WORDS not in everything_told(live)
    assert told(live, "question-gone") == [{"id": shown.pk}]
    worker.run_until_idle()
    assert OutgoingMail.objects.filter(to_address=lead.email, purpose="safeguarding").exists()
    assert phone.get(f"/report/asked/{shown.pk}/").status_code == 404


def test_sealed_it_is_gone_for_the_team_and_its_writer_as_well(
    live, seat, guest, shown, lead, beatriz
):
    report_of("asked", shown)

    for roles in (HELPER, HOST):
        here = desk.of(live, by=beatriz, roles=roles)
        assert (here.waiting, here.wall, here.aside) == ([], [], [])
    assert queries.mine(live, seat) == []
    assert queries.of_team(live, shown.pk) is None
    assert WORDS not in str(dossier.export(shown.member))
    for verb in (actions.let_back, actions.answer, actions.hide):
        with pytest.raises(NotAllowed):
            verb(asked=shown, by=beatriz, roles=HOST)
    with pytest.raises(NotNow):
        actions.vote(asked=shown, seat=guest, on=True)


def test_let_back_it_waits_for_a_helper_and_a_host_lets_it_out(
    live, shown, lead, at_desk, helper, beatriz
):
    case = report_of("asked", shown).case

    sent = at_desk.post(f"/desk/concerns/{case.pk}/decision/", {"decision": "stand"})

    assert sent.status_code == 302
    assert case.entries.filter(what=CaseEntry.What.RESTORED).exists()
    row = Asked.objects.get()
    assert (row.state, row.sealed_at, row.needs_host) == (Asked.State.WAITING, None, True)
    assert queries.wall(live) == []
    with pytest.raises(NotAllowed):
        actions.show(asked=row, by=helper, roles=HELPER)
    actions.show(asked=row, by=beatriz, roles=HOST)
    assert queries.wall(live) == [row]


def test_the_page_of_the_case_decides_and_unfolds_what_was_kept(live, shown, at_desk):
    case = report_of("asked", shown).case
    path = f"/desk/concerns/{case.pk}/"
    folded = at_desk.get(path).content.decode()
    assert "words said live" in folded
    assert WORDS not in folded
    assert 'value="withdraw"' in folded

    assert WORDS in at_desk.post(f"{path}words/").content.decode()
    at_desk.post(f"{path}decision/", {"decision": "withdraw"})

    assert Asked.objects.get().sealed_at is not None
    assert case.entries.filter(what=CaseEntry.What.WITHDRAWN).exists()


def test_a_gist_takes_its_question_with_it(live, shown, helper, lead):
    assert targets.find("gist", shown.pk, None) is None
    actions.answer(asked=shown, by=helper, roles=HELPER, gist="Begin with tea.")

    case = report_of("gist", shown).case

    assert Evidence.objects.get(case=case).text == "Begin with tea."
    assert case.person == helper
    assert queries.wall(live) == []
    assert "Begin with tea" not in everything_told(live)


def test_a_line_of_chat_and_a_written_line_are_sealed_and_let_back(live, seat, helper, lead):
    said = actions.say(webinar=live, seat=seat, text="Zebrafinch evenings", language="en")
    lane = Lane.objects.create(webinar=live, language="en")
    line = Line.objects.create(lane=lane, number=1, text="Quokka tea", by=helper)
    assert "Zebrafinch" in everything_told(live)

    cases = [report_of("said", said).case, report_of("line", line).case]

    assert "Zebrafinch" not in everything_told(live)
    assert told(live, "chat-gone") == [{"id": said.pk}]
    assert told(live, "line-gone", "lane:en") == [{"id": line.pk}]
    assert {row.text for row in Evidence.objects.all()} == {"Zebrafinch evenings", "Quokka tea"}
    assert queries.chat(live) == []
    assert targets.find("said", said.pk, None) is None
    for case in cases:
        handling.let_stand(case=case, by=lead)
    assert Said.objects.get().state == Said.State.WAITING
    assert Line.objects.get().state == Line.State.WAITING
    assert Line.objects.get().sealed_at is None


def test_what_waits_or_is_not_there_cannot_be_reported(live, asked, visitor):
    assert targets.find("asked", asked.pk, None) is None
    assert visitor.get(f"/report/asked/{asked.pk}/").status_code == 404
    assert visitor.get("/report/said/999/").status_code == 404


def test_other_kinds_hide_nothing_alone_and_two_people_put_it_back_in_the_queue(live, shown, lead):
    report_of("asked", shown, kind="harmful", line="first")
    assert queries.wall(live) == [shown]

    report_of("asked", shown, kind="harmful", line="second")

    assert Case.objects.count() == 1
    assert queries.wall(live) == []
    assert WORDS not in str(told(live, audience="all"))
    row = Asked.objects.get()
    assert (row.state, row.needs_host, row.sealed_at) == (Asked.State.WAITING, True, None)


def test_whose_words_they_are_does_not_see_the_case(live, asks, lead, beatriz):
    own = actions.show(asked=asks(live, seated(live, lead)), by=beatriz, roles=HOST)

    case = report_of("asked", own).case

    assert Recusal.objects.get(case=case).member == lead


def test_reports_about_other_things_go_as_before(live, shown, lead):
    target = targets.find("contribution", live.pk, None)
    assert target is not None

    case = report(kind="at-risk", target=target).case

    assert (case.about, case.place) == ("contribution", "")
    assert targets.find("asked", shown.pk, None) is None


@pytest.mark.parametrize("act", ["withdraw", "seal", "hold"])
def test_a_webinar_that_goes_leaves_nothing_to_read_of_its_hour(
    live, shown, seat, beatriz, act, django_capture_on_commit_callbacks
):
    actions.say(webinar=live, seat=seat, text="Zebrafinch evenings", language="en")
    assert "Zebrafinch" in everything_told(live)

    with django_capture_on_commit_callbacks(execute=True):
        if act == "withdraw":
            withdraw(contribution=live, by=beatriz)
        elif act == "seal":
            spine.seal(contribution=live)
        else:
            spine.hold_for_reports(contribution=live)
    worker.run_until_idle()

    rows = LiveEvent.objects.filter(webinar=live).exclude(kind="emptied").order_by("seq")
    assert [(row.kind, row.payload) for row in rows] == [("phase", {"phase": "gone"})]


def test_of_a_question_that_is_withdrawn_nothing_is_asked_here(amina, beatriz):
    row = submit(kind="question", content=Content(title="Tea?", body="Tea."), author=amina)
    withdraw(contribution=row, by=beatriz)
    worker.run_until_idle()

    assert not LiveEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_one_moment_are_one_case(live, shown, lead):
    ready = threading.Barrier(2)

    def send(line: str) -> None:
        try:
            target = targets.find("asked", shown.pk, None)
            ready.wait(20)
            assert target is not None
            report(kind="at-risk", target=target, circumstances=Circumstances(line=line))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[line]) for line in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (Case.objects.count(), Concern.objects.count()) == (1, 2)

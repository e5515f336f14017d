"""Anybody reports in two taps; a child at risk is hidden at once, and two people are told two ways.
Run by pytest alone."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import Client
from django.utils.translation import override

from exchange.contributions.models import Contribution, State
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery, Event
from exchange.mail.models import OutgoingMail
from exchange.safeguarding import letters
from exchange.safeguarding.actions import Circumstances, TooMany
from exchange.safeguarding.actions.standing import confirm_helpline
from exchange.safeguarding.models import (
    Case,
    Concern,
    Evidence,
    HelplineCheck,
    Kind,
    ReporterAddress,
)

pytestmark = pytest.mark.django_db


def address(question: Contribution) -> str:
    return f"/report/contribution/{question.pk}/"


def test_every_page_of_words_has_a_way_to_report(question, amina, visitor: Client):
    reply = answer(contribution=question, author=amina, body="Tea helps.", language="en")
    page = visitor.get(question.get_absolute_url()).content.decode()

    assert address(question) in page
    assert f"/report/reply/{reply.pk}/" in page
    assert f"/report/person/{amina.pk}/" in visitor.get(f"/people/{amina.pk}/").content.decode()
    assert 'href="/report/"' in visitor.get("/").content.decode()


def test_a_visitor_reports_with_one_tap_on_the_page_and_needs_no_account(
    question, lead, deputy, django_assert_max_num_queries
):
    phone = Client(enforce_csrf_checks=True)
    page = phone.get(address(question)).content.decode()
    assert all(f'name="kind" value="{kind}"' in page for kind in Kind.values)
    token = phone.cookies["csrftoken"].value

    sent = phone.post(address(question), {"kind": "at-risk", "csrfmiddlewaretoken": token})

    assert sent.status_code == 302
    assert sent.url == "/report/received/?now=1&hidden=1&country=KE"
    thanks = phone.get(sent.url).content.decode()
    assert "call the police" in thanks
    assert "tel:116" in thanks
    assert "Not yet confirmed by the hosts" in thanks
    assert phone.get(question.get_absolute_url()).status_code == 404
    assert Contribution.objects.get(pk=question.pk).state == State.SEALED


def test_a_forged_report_is_turned_away(question):
    phone = Client(enforce_csrf_checks=True)

    assert phone.post(address(question), {"kind": "at-risk"}).status_code == 403
    assert not Concern.objects.exists()


def test_without_a_choice_nothing_is_sent_and_the_words_stay(question, visitor: Client):
    page = visitor.post(address(question), {"words": "Please look at line two."})

    assert page.status_code == 422
    assert "Please look at line two." in page.content.decode()
    assert not Case.objects.exists()


def test_nothing_mistyped_stops_a_report_of_a_child_at_risk(question, lead, visitor: Client):
    given = {"kind": "at-risk", "address": "zuri at example", "words": "w" * 5000, "involves": "9"}

    sent = visitor.post(address(question), given)

    assert sent.status_code == 302
    assert Concern.objects.get().words == "w" * 4000
    assert not ReporterAddress.objects.exists()
    assert "could not read your e-mail address" in visitor.get(sent.url).content.decode()
    assert Contribution.objects.get().state == State.SEALED


def test_what_somebody_cannot_see_cannot_be_reported(question, reported, visitor: Client):
    assert visitor.get(address(question)).status_code == 200

    reported()

    assert visitor.get(address(question)).status_code == 404
    assert visitor.get("/report/planet/1/").status_code == 404
    assert visitor.get("/report/general/1/").status_code == 404


def test_other_kinds_hide_nothing_by_themselves_and_have_a_day(question, reported, lead):
    case = reported("harmful").case

    assert Contribution.objects.get(pk=question.pk).state == State.PUBLISHED
    assert (case.due_at - case.opened_at).total_seconds() == pytest.approx(24 * 3600, abs=5)


def test_a_child_at_risk_has_four_hours(case: Case):
    assert (case.due_at - case.opened_at).total_seconds() == pytest.approx(4 * 3600, abs=5)


@pytest.mark.parametrize(("kind", "enough"), [("harmful", 2), ("spam", 3)])
def test_several_people_take_it_out_of_view(question, reported, lead, kind, enough, mails, amina):
    for _ in range(enough - 1):
        reported(kind)
    assert Contribution.objects.get(pk=question.pk).state == State.PUBLISHED

    reported(kind)

    row = Contribution.objects.get(pk=question.pk)
    assert row.state == State.HELD
    assert row.decisions.get().by is None
    assert Case.objects.count() == 1
    assert "Some readers asked us" in mails(amina)[-1].text


def test_one_person_twice_is_one_person(question, reported, lead, chen):
    reported("harmful", reporter=chen)
    reported("harmful", reporter=chen)
    same = Circumstances(line="the same")
    reported("harmful", reporter=chen, circumstances=same)
    assert Contribution.objects.get(pk=question.pk).state == State.PUBLISHED

    reported("harmful", circumstances=same)

    assert Contribution.objects.get(pk=question.pk).state == State.HELD


def test_the_same_form_twice_is_one_report(reported, lead):
    same = Circumstances(line="a", once_key="this form")

    assert reported(circumstances=same) == reported(circumstances=same)
    assert Concern.objects.count() == 1


def test_the_words_are_kept_as_they_stood(case: Case, question):
    evidence = Evidence.objects.get()

    assert "Zebrafinch evenings" in evidence.text
    assert evidence.is_unchanged
    assert Evidence.mark_of(evidence.text + ".") != evidence.sha256


def test_lead_and_deputy_are_told_by_mail_that_says_nothing(case, lead, deputy, beatriz, mails):
    for handler in (lead, deputy):
        mail = mails(handler)[-1]
        assert mail.subject == "A message for you"
        assert f"/desk/concerns/{case.pk}/" in mail.text
        assert not any(word in mail.text.casefold() for word in ("zebrafinch", "sleeps", "amina"))
    assert mails(beatriz) == []


@pytest.fixture
def telephone(settings) -> Iterator[list[bytes]]:
    """The other end of the webhook; its first answer is that it cannot."""
    heard: list[bytes] = []

    class Bell(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(503 if len(heard) == 1 else 204)
            self.end_headers()

        def log_message(self, *_words: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Bell)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    settings.ALERT_WEBHOOK = f"http://127.0.0.1:{server.server_address[1]}/ring"
    yield heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_second_way_rings_with_a_number_alone_and_tries_again(case, telephone):
    worker.run_until_idle()
    owed = Delivery.objects.filter(consumer="safeguarding.alarm_by_webhook")
    assert owed.get().last_error == "webhook-said-503"
    owed.update(run_after=case.opened_at)

    worker.run_until_idle()

    assert owed.get().state == Delivery.State.DONE
    assert [json.loads(one) for one in telephone] == [{"what": "case", "case": case.pk}] * 2


def test_less_urgent_reports_ring_nobody(reported, lead, telephone):
    reported("spam")
    worker.run_until_idle()

    assert telephone == []
    assert OutgoingMail.objects.filter(to_address=lead.email).exists()


def test_the_ledger_and_the_mails_hold_no_word_of_it(case, chen, reported):
    reported(words="Her name is Zuwena.", reporter=chen)
    worker.run_until_idle()

    told = json.dumps(list(Event.objects.values("kind", "detail", "actor_id", "subject_type")))
    assert not any(kind in told for kind in Kind.values)
    seals = Event.objects.filter(kind__in=["case.alarmed", "contribution.sealed"])
    assert set(seals.values_list("actor_id", flat=True)) == {None}
    written = "".join(f"{m.subject} {m.text}" for m in OutgoingMail.objects.all())
    assert "Zuwena" not in written


def test_without_a_lead_every_host_hears_that_one_is_missing(reported, beatriz, mails):
    reported()

    mail = mails(beatriz)[-1]
    assert "/desk/safeguarding/" in mail.text
    with override(beatriz.first_language):
        assert mail.subject == letters.nobody_looks().subject


def test_very_many_reports_from_one_line_hide_nothing_and_then_are_not_taken(reported, lead):
    from_one = [reported("harmful", circumstances=Circumstances(line="one")) for _ in range(16)]
    assert [one.one_of_many for one in from_one] == [False] * 15 + [True]

    late = reported("at-risk", circumstances=Circumstances(line="one"))

    assert late.one_of_many
    assert Contribution.objects.get().state == State.PUBLISHED
    for _ in range(28):
        reported("harmful", circumstances=Circumstances(line="one"))
    with pytest.raises(TooMany):
        reported("at-risk", circumstances=Circumstances(line="one"))
    assert not reported("at-risk").one_of_many


def test_who_is_turned_away_still_learns_whom_to_call(question, visitor, monkeypatch):
    monkeypatch.setattr("exchange.safeguarding.actions.reporting.A_LINE", (0, 0))

    page = visitor.post(address(question), {"kind": "at-risk"})

    assert page.status_code == 429
    assert "call the police" in page.content.decode()


def test_a_visitors_address_is_kept_apart(question, lead, visitor: Client):
    visitor.post(address(question), {"kind": "spam", "address": "Zuri@Example.org"})

    assert ReporterAddress.objects.get().address == "zuri@example.org"
    assert Concern.objects.get().reporter is None


def test_an_answer_is_sealed_alone(question, amina, visitor: Client, lead):
    reply = answer(contribution=question, author=amina, body="Quokka tea.", language="en")

    visitor.post(f"/report/reply/{reply.pk}/", {"kind": "at-risk"})

    assert Reply.objects.get().state == State.SEALED
    page = visitor.get(question.get_absolute_url())
    assert page.status_code == 200


def test_a_person_and_something_else_can_be_reported(amina, lead, visitor: Client, mails):
    visitor.post(f"/report/person/{amina.pk}/", {"kind": "harmful"})
    visitor.post("/report/", {"kind": "at-risk", "words": "In a webinar."})

    assert list(Case.objects.order_by("pk").values_list("about", flat=True)) == [
        "person",
        "general",
    ]
    assert len(mails(lead)) == 2


def test_a_helpline_confirmed_too_long_ago_is_hidden(visitor: Client, beatriz, question, lead):
    check = confirm_helpline(country="KE", number="116", by=beatriz)
    assert (
        "Confirmed by the hosts on" in visitor.get("/report/received/?country=KE").content.decode()
    )
    HelplineCheck.objects.filter(pk=check.pk).update(at=now() - timedelta(days=366))

    page = visitor.get("/report/received/?now=1&country=KE").content.decode()

    assert "tel:" not in page
    assert "We have no child helpline for Kenya" in page
    assert "Childline Kenya" not in visitor.get("/help-now/").content.decode()

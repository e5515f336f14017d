"""Cases are for lead and deputies alone, their log is only added to, and their clock reminds.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from exchange.contributions.models import Contribution, State
from exchange.conversation.actions import answer
from exchange.core.time import now
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.models import Member
from exchange.safeguarding import letters, targets
from exchange.safeguarding.actions import Circumstances, handling, keeping, report
from exchange.safeguarding.actions.standing import appoint, step_down
from exchange.safeguarding.models import (
    AppendOnly,
    Case,
    CaseEntry,
    Evidence,
    Look,
    ReporterAddress,
)
from tests import cast

pytestmark = pytest.mark.django_db
LIST = "/desk/concerns/"


def page(case: Case) -> str:
    return f"{LIST}{case.pk}/"


def test_lead_and_deputy_open_it_and_nobody_else(case, lead, deputy, beatriz, amina, signed_in):
    opens = {
        person.display_name: signed_in(Client(), person).get(page(case)).status_code
        for person in (lead, deputy, beatriz, amina)
    }

    assert opens == {"Desta": 200, "Esi": 200, "Beatriz": 404, "Amina": 404}
    assert signed_in(Client(), beatriz).get(LIST).status_code == 404
    assert Client().get(page(case)).status_code == 302


def test_without_the_second_factor_the_lead_is_led_to_it(case, chen, signed_in):
    appoint(member=chen, role="deputy")

    asked = signed_in(Client(), chen).get(page(case))

    assert asked.status_code == 302
    assert "/me/security/why/" in asked.url


def test_who_stepped_down_opens_nothing(case, lead, at_desk):
    assert at_desk.get(page(case)).status_code == 200

    step_down(member=lead)

    assert at_desk.get(page(case)).status_code == 404


def test_a_case_about_the_lead_goes_to_the_deputy_alone(question, lead, deputy, mails, signed_in):
    reply = answer(contribution=question, author=lead, body="My words.", language="en")
    case = report(kind="at-risk", target=targets.of_reply(reply)).case

    assert signed_in(Client(), deputy).get(page(case)).status_code == 200
    assert signed_in(Client(), lead).get(page(case)).status_code == 404
    assert f"{LIST}{case.pk}/" not in signed_in(Client(), lead).get(LIST).content.decode()
    assert [mail.purpose for mail in mails(deputy)] == ["safeguarding"]
    assert not any(mail.purpose == "safeguarding" for mail in mails(lead))
    assert case.recusals.get().member == lead


def test_whom_the_reporter_names_does_not_see_it(question, lead, deputy, visitor, signed_in):
    visitor.post(
        f"/report/contribution/{question.pk}/", {"kind": "harmful", "involves": [deputy.pk]}
    )
    case = Case.objects.get()

    assert signed_in(Client(), lead).get(page(case)).status_code == 200
    assert signed_in(Client(), deputy).get(page(case)).status_code == 404


def test_words_stay_folded_until_asked_and_every_look_is_written_down(case, at_desk, lead):
    folded = at_desk.get(page(case)).content.decode()
    assert "Zebrafinch" not in folded
    assert "where she sleeps" not in folded

    unfolded = at_desk.post(f"{page(case)}words/").content.decode()

    assert "Zebrafinch evenings" in unfolded
    assert "where she sleeps" in unfolded
    assert Evidence.objects.get().sha256 in unfolded
    looks = Look.objects.values_list("by", "what")
    assert list(looks) == [(lead.pk, "case"), (lead.pk, "words")]


def test_the_log_is_only_added_to(case, lead):
    entry = handling.write_down(case=case, by=lead, what="note", text="Called at nine.")
    entry.text = "Called at ten."

    for change in (
        entry.save,
        entry.delete,
        lambda: CaseEntry.objects.filter(pk=entry.pk).update(text=""),
        lambda: CaseEntry.objects.all().delete(),
        lambda: Evidence.objects.all().delete(),
        lambda: Evidence.objects.get().delete(),
        lambda: Look.objects.all().update(by=lead),
        lambda: case.entries.all().delete(),
    ):
        with pytest.raises(AppendOnly):
            change()
    assert CaseEntry.objects.get(pk=entry.pk).text == "Called at nine."


def test_a_stranger_to_the_case_does_nothing_to_it(case, beatriz):
    for deed in (
        lambda: handling.look(case=case, by=beatriz),
        lambda: handling.write_down(case=case, by=beatriz, what="note", text="."),
        lambda: handling.let_stand(case=case, by=beatriz),
        lambda: handling.withdraw(case=case, by=beatriz),
        lambda: handling.close(case=case, by=beatriz, outcome="no-reason"),
    ):
        with pytest.raises(handling.NotTheirs):
            deed()
    assert not Look.objects.exists()


def test_from_the_report_to_the_end_on_the_pages(case, question, at_desk, lead, amina, mails):
    def post(deed: str, **given: object) -> None:
        assert at_desk.post(f"{page(case)}{deed}/", given).status_code == 302

    post("entries", what="service", text="Called 116 at nine; they took it on.")
    post("messages", message="Dear Amina, please write to me before you share it again.")
    post("decision", decision="stand", why="Nothing in it points to a child.")
    post("closure", outcome="no-reason", summary="Amina and I spoke.")

    case.refresh_from_db()
    assert case.outcome == "no-reason"
    assert Contribution.objects.get().state == State.PUBLISHED
    kinds = list(case.entries.values_list("what", flat=True))
    assert kinds == ["reported", "sealed", "service", "poster", "restored", "closed"]
    told = mails(amina)[-1]
    assert told.subject == "A message for you"
    assert "before you share it again" in told.text
    assert all("Zebrafinch" not in mail.subject for mail in OutgoingMail.objects.all())


def test_the_private_word_stands_under_you(case, lead, amina, signed_in):
    handling.write_to_poster(case=case, by=lead, text="Dear Amina, a word.")

    assert "Dear Amina, a word." in signed_in(Client(), amina).get("/me/").content.decode()
    assert "Dear Amina" not in signed_in(Client(), lead).get("/me/").content.decode()


def test_a_form_half_filled_comes_back(case, at_desk):
    answer_page = at_desk.post(f"{page(case)}entries/", {"what": "note", "text": ""})

    assert answer_page.status_code == 422
    assert at_desk.post(f"{page(case)}entries/", {"what": "closed", "text": "x"}).status_code == 422


def test_withdrawn_stays_out_of_sight_for_its_author_and_hosts(case, lead, amina, beatriz):
    handling.withdraw(case=case, by=lead)

    row = Contribution.objects.get()
    assert row.state == State.WITHDRAWN
    assert not Contribution.objects.visible_to(amina).exists()
    assert not Contribution.objects.visible_to(beatriz).exists()


def test_what_several_reports_held_is_let_out_again(reported, lead, question):
    case = [reported("harmful") for _ in range(2)][-1].case
    assert Contribution.objects.get().state == State.HELD

    handling.let_stand(case=case, by=lead)

    assert Contribution.objects.get().state == State.PUBLISHED


def test_what_was_let_stand_needs_as_many_new_reports(reported, lead):
    case = [reported("harmful") for _ in range(2)][-1].case
    handling.let_stand(case=case, by=lead)

    reported("harmful")
    assert Contribution.objects.get().state == State.PUBLISHED

    reported("harmful")
    assert Contribution.objects.get().state == State.HELD


def test_what_is_written_after_signing_out_lies_in_no_session(case, at_desk):
    at_desk.logout()

    asked = at_desk.post(f"{page(case)}entries/", {"what": "note", "text": "A story."})

    assert asked.url == "/sign-in/?next=%2Fdesk%2Fconcerns%2F"
    assert "A story." not in str(dict(at_desk.session))


def test_reporters_are_told_once_and_nobody_is_told_who_they_are(
    reported, lead, deputy, chen, amina, mails, at_desk
):
    case = reported(reporter_address="zuri@example.org").case
    reported("harmful", reporter=chen, circumstances=Circumstances(tell_outcome=True))
    assert ReporterAddress.objects.exists()

    handling.close(case=case, by=lead, outcome="acted")

    to_visitor = OutgoingMail.objects.get(to_address="zuri@example.org")
    assert "have acted on it" in to_visitor.text
    assert "have acted on it" in mails(chen)[-1].text
    assert not ReporterAddress.objects.exists()
    said = " ".join(mail.text for mail in mails(amina))
    assert "Chen" not in said
    assert "zuri" not in said


def test_a_closed_case_takes_nothing_more(case, lead, at_desk):
    handling.close(case=case, by=lead, outcome="acted")

    with pytest.raises(handling.AlreadyClosed):
        handling.write_down(case=case, by=lead, what="note", text="Late.")
    assert at_desk.post(f"{page(case)}entries/", {"what": "note", "text": "x"}).status_code == 302


def test_a_new_report_after_the_end_is_a_new_case(case, lead, reported):
    handling.let_stand(case=case, by=lead)
    handling.close(case=case, by=lead, outcome="no-reason")

    again = reported("harmful")

    assert again.case != case


def test_handing_over_and_stepping_aside(case, lead, deputy, at_desk, mails):
    handling.hand_over(case=case, by=lead, to=deputy, text="She waits for their call.")
    case.refresh_from_db()
    assert case.handler == deputy
    assert f"{LIST}{case.pk}/" in mails(deputy)[-1].text
    assert "waits for their call" not in mails(deputy)[-1].text

    handling.step_aside(case=case, by=lead)

    assert at_desk.get(page(case)).status_code == 404
    with pytest.raises(handling.NobodyToTell):
        handling.step_aside(case=case, by=deputy)


def test_how_earlier_reports_fared_is_seen(reported, lead, at_desk, chen, amina):
    earlier = report(kind="spam", target=targets.of_person(amina), reporter=chen).case
    handling.close(case=earlier, by=lead, outcome="misused")

    case = reported("harmful", reporter=chen).case

    shown = at_desk.get(page(case)).content.decode()
    assert "one more report from there: 0 well-founded, 0 without reason, 1 misused" in shown


def test_the_clock_reminds_at_half_at_its_end_and_then_all_hosts(
    case, lead, deputy, beatriz, mails
):
    keeping.remind(moment=case.opened_at + timedelta(hours=1))
    assert len(mails(lead)) == 1

    keeping.remind(moment=case.opened_at + timedelta(hours=2, minutes=1))
    keeping.remind(moment=case.opened_at + timedelta(hours=2, minutes=6))
    assert len(mails(lead)) == 2
    assert mails(beatriz) == []

    keeping.remind(moment=case.due_at)
    keeping.remind(moment=case.due_at + timedelta(minutes=5))
    assert len(mails(deputy)) == 3
    with override(beatriz.first_language):
        assert mails(beatriz)[-1].text == letters.nobody_looks().text


def test_a_case_that_was_looked_at_or_decided_calls_no_host(case, lead, beatriz, mails):
    handling.look(case=case, by=lead)
    keeping.remind(moment=case.due_at)
    assert mails(beatriz) == []
    before = len(mails(lead))

    handling.seal(case=case, by=lead)
    keeping.remind(moment=case.due_at + timedelta(days=1))

    assert len(mails(lead)) == before


def test_after_its_time_the_content_is_destroyed_and_the_fact_stays(case, lead):
    handling.write_down(case=case, by=lead, what="note", text="A story.")
    handling.write_to_poster(case=case, by=lead, text="A word.")
    handling.close(case=case, by=lead, outcome="acted")
    case.refresh_from_db()

    assert keeping.destroy_due(moment=case.keep_until - timedelta(days=1)) == 0
    assert keeping.destroy_due(moment=case.keep_until) == 1
    assert keeping.destroy_due(moment=case.keep_until) == 0

    case.refresh_from_db()
    evidence = case.evidence.get()
    assert (evidence.text, evidence.shown_as) == ("", "")
    assert evidence.sha256
    assert {entry.text for entry in case.entries.all()} == {""}
    assert case.concerns.get().words == ""
    assert case.notes.get().text == ""
    assert (case.kind, case.outcome, case.person) == ("at-risk", "acted", None)
    assert case.entries.last().what == "destroyed"


def test_a_page_asks_as_much_for_ten_reports_as_for_one(
    case, reported, at_desk, lead, django_assert_max_num_queries
):
    def asked() -> int:
        with django_assert_max_num_queries(40) as counted:
            at_desk.get(page(case))
        return len(counted)

    asked()
    one = asked()
    for number in range(9):
        reporter = cast.person(f"Reporter{'abcdefghi'[number]}")
        report(kind="harmful", target=targets.of_case(case), reporter=reporter)
    case.refresh_from_db()
    assert case.concerns.count() == 10

    assert asked() == one


def test_leaving_takes_the_reporters_name_and_keeps_the_case(reported, lead, chen):
    case = reported("harmful", reporter=chen, words="Mine.").case
    assert dossier.export(chen)["safeguarding"]["reports"][0]["words"] == "Mine."

    dossier.erase(chen)

    assert case.concerns.get().reporter is None
    assert case.entries.exists()


def test_nothing_of_it_is_in_the_log_of_the_desk(case, lead, beatriz, signed_in):
    handling.withdraw(case=case, by=lead)

    log = signed_in(Client(), beatriz).get("/desk/log/").content.decode()

    assert "Zebrafinch" not in log


def test_a_member_is_only_lead_or_deputy_once(lead, deputy, beatriz):
    appoint(member=beatriz, role="lead")

    assert not lead.safeguarding_roles.filter(until=None).exists()
    assert beatriz.safeguarding_roles.get(until=None).role == "lead"
    assert Member.objects.filter(safeguarding_roles__until=None).count() >= 2
    assert now() >= lead.safeguarding_roles.get().until

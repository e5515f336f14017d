"""Before the public may come in: a lead, a deputy, a policy that was read, a second factor for hosts.
Run by pytest alone."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from exchange.core.time import now
from exchange.ledger import worker
from exchange.members.models import Member
from exchange.safeguarding import helplines, middleware, queries
from exchange.safeguarding.actions import keeping
from exchange.safeguarding.actions.standing import confirm_helpline, review_policy
from exchange.safeguarding.models import PolicyReview, SafeguardingRole

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command("safeguarding", *words, stdout=out)
    return out.getvalue()


def deploy_errors() -> list[str]:
    found = run_checks(include_deployment_checks=True)
    return [one.msg for one in found if one.id and one.id.startswith("safeguarding.")]


@pytest.fixture
def complete(lead: Member, deputy: Member) -> None:
    review_policy(by=lead)


@pytest.fixture
def production(settings, monkeypatch) -> None:
    settings.PRODUCTION = True
    monkeypatch.setattr(middleware, "LOOK_AGAIN_AFTER", -1.0)


def test_the_machine_names_a_lead_and_a_deputy_and_shows_them(desta, chen):
    assert "is now lead" in said("lead", desta.email)
    assert "second factor" in said("deputy", chen.email)

    shown = said("show")

    assert f"lead: Desta <{desta.email}>" in shown
    assert "no second factor yet" in shown
    assert "looks after it no more" in said("end", chen.email)
    assert SafeguardingRole.objects.current().get().member == desta


def test_nobody_unknown_is_named(db):
    with pytest.raises(CommandError):
        said("lead", "nobody@example.org")
    assert not SafeguardingRole.objects.exists()


def test_everything_that_is_missing_is_said_in_words(beatriz, chen, settings):
    Member.objects.filter(pk=chen.pk).update(hosting_since=now())
    settings.PRODUCTION = True

    faults = queries.missing()

    assert [fault.split(".")[0] for fault in faults] == [
        "Nobody is the safeguarding lead",
        "The lead has no deputy",
        "No host has read and adapted the safeguarding policy",
        "1 of the people who run the Exchange have no second factor yet",
    ]
    assert deploy_errors() == faults
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)
    assert all(fault in out.getvalue() for fault in faults)


def test_when_all_is_in_order_nothing_is_missing(complete, settings):
    settings.PRODUCTION = True

    assert queries.missing() == []
    assert deploy_errors() == []


def test_at_home_nothing_is_refused(visitor: Client):
    assert deploy_errors() == []
    assert visitor.get("/about/").status_code == 200


def test_in_production_the_public_waits_until_it_is_ready(
    production, visitor: Client, beatriz, signed_in
):
    shut = {path: visitor.get(path).status_code for path in ("/", "/questions/", "/fr/about/")}
    assert set(shut.values()) == {503}
    assert "not open yet" in visitor.get("/about/").content.decode()
    for path in ("/sign-in/", "/help-now/", "/fr/help-now/", "/healthz", "/report/"):
        assert visitor.get(path).status_code == 200, path
    host = signed_in(Client(), beatriz)
    assert host.get("/questions/").status_code == 200
    assert host.get("/desk/safeguarding/").status_code == 200


def test_ready_once_it_opens_and_stays_open(production, complete, chen):
    visitor = Client()
    assert visitor.get("/about/").status_code == 200

    Member.objects.filter(pk=chen.pk).update(hosting_since=now())

    assert queries.missing() != []
    assert Client().get("/about/").status_code == 200


def test_hosts_see_who_looks_after_it_and_say_that_they_read_the_policy(
    lead, beatriz, amina, signed_in
):
    host = signed_in(Client(), beatriz)
    page = host.get("/desk/safeguarding/").content.decode()
    assert "Desta" in page
    assert "We have read and adapted this text" in page

    host.post("/desk/safeguarding/policy/")

    assert PolicyReview.objects.get().by == beatriz
    page = host.get("/desk/safeguarding/").content.decode()
    assert "Beatriz read it on" in page
    assert "We have read and adapted this text" not in page
    member = signed_in(Client(), amina)
    assert member.get("/desk/safeguarding/").status_code == 404
    assert member.post("/desk/safeguarding/policy/").status_code == 404


def test_a_host_confirms_a_helpline(beatriz, signed_in):
    host = signed_in(Client(), beatriz)

    host.post("/desk/safeguarding/helpline/", {"country": "KE", "number": "116"})
    host.post("/desk/safeguarding/helpline/", {"country": "KE", "number": "999"})

    assert [line.country for line in helplines.every() if not line.needs_a_look] == ["KE"]


def test_hosts_hear_once_a_month_of_what_grew_old(beatriz, mails, lead):
    moment = now()
    for day in range(3):
        keeping.remind_of_upkeep(moment=moment.replace(day=10 + day))

    mail = mails(beatriz)[-1]
    assert len(mails(beatriz)) == 1
    with translation.override(beatriz.first_language):
        assert gettext("Nobody has read the safeguarding policy within a year.") in mail.text
    assert "Helplines" not in mail.text
    assert mail.language == "pt"


def test_nobody_is_bothered_when_nothing_is_old(beatriz, mails):
    review_policy(by=beatriz)
    for line in helplines.in_file():
        confirm_helpline(country=line.country, number=line.number, by=beatriz)

    keeping.remind_of_upkeep(moment=now())
    assert mails(beatriz) == []

    keeping.remind_of_upkeep(moment=now() + timedelta(days=367))
    assert len(mails(beatriz)) == 1
    assert worker.run_until_idle() == 0


def test_only_who_handles_concerns_sees_the_way_to_them(lead, beatriz, signed_in):
    assert 'href="/desk/concerns/"' in signed_in(Client(), lead).get("/me/").content.decode()
    assert "/desk/concerns/" not in signed_in(Client(), beatriz).get("/desk/").content.decode()
    assert "/desk/safeguarding/" in signed_in(Client(), beatriz).get("/desk/").content.decode()

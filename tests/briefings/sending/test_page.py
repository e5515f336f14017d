"""The hosts' page of an issue on its way.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.briefings.models import Newsletter
from exchange.briefings.sending import actions
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail import marks
from exchange.mail.models import OutgoingMail
from tests import cast
from tests.briefings.sending.conftest import again, edition, newsletters, subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(client, beatriz):
    beatriz.languages = "en"
    beatriz.save(update_fields=["languages"])
    return cast.signed_in(client, beatriz)


def page_of(issue):
    return f"/desk/newsletters/{issue.pk}/sending/"


def test_hosts_alone_see_how_far_it_has_come_and_in_words_why_not(host, issue, beatriz, amina):
    row = edition(issue, beatriz)
    for name in ("one", "two", "three"):
        subscriber(name)
    actions.start(edition=row)
    worker.run_until_idle()
    mails = OutgoingMail.objects.filter(purpose="newsletter")
    mails.filter(to_address="two@example.net").update(state="failed")
    mails.filter(to_address="three@example.net").update(state="unsure")

    shown = " ".join(host.get(page_of(issue)).content.decode().split())
    assert "sent: <b>1</b>" in shown
    assert "refused by the mail server: <b>1</b>" in shown
    assert "1 of 3 sent" in shown
    assert "1 person has none" in shown
    assert "@example.net" not in shown
    cast.signed_in(host, amina)
    assert host.get(page_of(issue)).status_code == 404


def test_those_who_missed_it_get_it_by_one_button(host, issue, beatriz):
    row = edition(issue, beatriz)
    subscriber("one")
    actions.start(edition=row)
    worker.run_until_idle()
    OutgoingMail.objects.filter(purpose="newsletter").update(state="unsure")
    actions.look_after(at=now())
    subscriber("since")

    host.post(page_of(issue), {"act": "missed"})
    worker.run_until_idle()
    assert [len(newsletters(f"{one}@example.net")) for one in ("one", "since")] == [1, 1]
    host.post(page_of(issue), {"act": "missed", "unsure": "1"})
    worker.run_until_idle()
    assert len(newsletters("one@example.net")) == 2
    assert "Nobody has missed it." in host.get(page_of(issue)).content.decode()


def test_what_is_late_or_stopped_waits_for_a_hosts_word(host, issue, beatriz):
    row = edition(issue, beatriz, send_at=now() - timedelta(days=3))
    subscriber("one")
    actions.start_due(at=now())
    assert 'value="now"' in host.get(page_of(issue)).content.decode()

    host.post(page_of(issue), {"act": "now", "edition": str(row.pk)})
    assert again(row).phase == "sending"
    marks.hold_back(until=now())
    worker.run_until_idle()
    assert newsletters() == []
    assert 'value="go-on"' in host.get(page_of(issue)).content.decode()
    host.post(page_of(issue), {"act": "go-on", "edition": str(row.pk)})
    worker.run_until_idle()
    assert [mail.state for mail in newsletters()] == ["sent"]


def test_as_many_questions_for_many_as_for_one(host, issue, beatriz, django_assert_max_num_queries):
    row = edition(issue, beatriz)
    for number in range(30):
        subscriber(f"reader{number}")
    actions.start(edition=row)
    worker.run_until_idle()
    host.get(page_of(issue))

    with django_assert_max_num_queries(8):
        assert host.get(page_of(issue)).status_code == 200
    assert Newsletter.objects.count() == 1

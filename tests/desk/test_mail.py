"""The hosts' page of mail: what waits, how mail fares, the addresses; and that others find nothing.
Run by pytest alone."""

from __future__ import annotations

import pytest

from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.actions import About, queue_mail
from exchange.mail.bounces import actions as bounces
from exchange.mail.models import IncomingMail, Mailbox, OutgoingMail, Standing
from exchange.mail.receiving import boxes
from exchange.members import dossier
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/desk/mail/"


@pytest.fixture(autouse=True)
def _spool(settings, tmp_path) -> None:
    settings.MAIL_IN_DIR = tmp_path / "mail-in"
    settings.MAIL_DOMAIN = "exchange.example"


@pytest.fixture
def spool_file(settings):
    path = settings.MAIL_IN_DIR / "kept" / "2026-11" / "20261120T090000-0123456789abcdef.eml"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"From: amina@example.org")
    return path


def kept(**different: object) -> IncomingMail:
    fields = {
        "arrival": f"2026-{IncomingMail.objects.count()}",
        "state": "kept",
        "outcome": "unknown-kept",
        "from_address": "femi@example.net",
        "from_name": "Femi",
        "subject": "Our committee",
        "words": "We meet under the tree.",
        "route": "mailbox:ask",
        "language": "en",
    }
    return IncomingMail.objects.create(**(fields | different))


def page(client, path: str = PAGE, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_others_find_nothing(visitor, amina) -> None:
    row = kept()
    member = cast.signed_in(visitor, amina)

    assert member.get(PAGE).status_code in (302, 404)
    assert member.post(f"{PAGE}{row.pk}/", {"what": "answered"}).status_code in (302, 404)
    row.refresh_from_db()
    assert row.state == "kept"


def test_an_empty_page_thanks(desk) -> None:
    assert "Nothing waits. Thank you." in page(desk)


def test_what_waits_stands_there_with_its_words_and_what_it_was(desk) -> None:
    kept()

    shown = page(desk)

    assert "We meet under the tree." in shown
    assert "femi@example.net" in shown
    assert "from an address we do not know" in shown
    assert "One waits; it came" in shown


def test_what_a_stranger_writes_is_shown_as_text(desk) -> None:
    kept(words="<script>alert(1)</script>", subject="<b>x</b>", from_name="<i>y</i>")

    shown = page(desk)

    assert "<script>alert" not in shown
    assert "<b>x</b>" not in shown
    assert "<i>y</i>" not in shown


def test_the_number_that_waits_stands_on_the_morning_page(desk) -> None:
    kept()

    assert '<a href="/desk/mail/">Mail <small>1</small></a>' in page(desk, "/desk/")


def test_not_for_us_and_answered_elsewhere_let_it_rest(desk, beatriz) -> None:
    for what in ("not-for-us", "answered"):
        row = kept()
        assert desk.post(f"{PAGE}{row.pk}/", {"what": what}).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.outcome, row.settled_by) == ("settled", what, beatriz.pk)

    assert "Nothing waits" in page(desk)


def test_two_hosts_and_the_second_is_told(desk) -> None:
    row = kept(state="settled")

    answer = desk.post(f"{PAGE}{row.pk}/", {"what": "answered"}, follow=True)

    assert "Another host was faster" in answer.content.decode()


def test_a_host_says_whose_it_is(desk, amina) -> None:
    row = kept()

    desk.post(f"{PAGE}{row.pk}/", {"what": "member", "address": amina.email.upper()})

    row.refresh_from_db()
    assert (row.state, row.from_address) == ("new", amina.email)
    assert row.detail["vouched_by"]


@pytest.mark.parametrize("address", ["", "nobody@example.org", "no address"])
def test_an_address_that_is_nobodys_comes_back_with_what_was_typed(desk, address) -> None:
    row = kept()

    answer = desk.post(f"{PAGE}{row.pk}/", {"what": "member", "address": address})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{address}"' in shown
    assert "We meet under the tree." in shown
    row.refresh_from_db()
    assert row.state == "kept"


def test_a_worry_about_a_child_shows_nothing_and_cannot_be_put_away_as_not_ours(desk) -> None:
    boxes.load_starter()
    row = kept(route="mailbox:concern", outcome="broke", words="", subject="", from_address="")

    shown = page(desk)

    assert "A worry about a child came by mail" in shown
    assert "This is from a member" not in shown
    assert desk.post(f"{PAGE}{row.pk}/", {"what": "not-for-us"}).status_code == 404
    desk.post(f"{PAGE}{row.pk}/", {"what": "again"})
    row.refresh_from_db()
    assert row.state == "new"


def test_the_address_for_worries_is_never_closed(desk) -> None:
    boxes.load_starter()
    box = Mailbox.objects.get(opens="concern")

    assert desk.post(f"{PAGE}addresses/{box.pk}/", {"open": "0"}).status_code == 404
    box.refresh_from_db()
    assert box.is_open


def test_who_leaves_takes_their_mails_along(amina, spool_file) -> None:
    row = kept(person=amina.pk, from_address=amina.email, arrival=spool_file.stem)
    other = kept()
    assert dossier.export(amina)["mail"]["incoming"][0]["words"] == "We meet under the tree."

    dossier.erase(amina)

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.words, row.subject, row.from_address, row.person) == ("", "", "", None)
    assert not spool_file.exists()
    assert other.words


def test_how_mail_fares_is_told_in_numbers_and_without_addresses(desk) -> None:
    for state in ("sent", "sent", "bounced"):
        mail = queue_mail(to="femi@example.net", subject="x", text="x", purpose="alert")
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state)
    bounces.came_back(mail=mail, kind="policy", status="5.7.26")
    Standing.objects.update(state="dead")

    shown = page(desk)

    assert "sent <b>2</b>" in shown
    assert "came back <b>1</b>" in shown
    assert "do not work <b>1</b>" in shown
    assert "example.net" in shown
    assert "5.7.26" in shown
    assert "femi@example.net" not in shown


def test_one_things_deliveries_are_listed_without_addresses(desk) -> None:
    about = About(person=7, item="reply:12")
    queue_mail(to="femi@example.net", subject="x", text="x", purpose="alert", about=about)
    OutgoingMail.objects.update(state="suppressed", last_error="not-visible")

    for path in ("?item=reply:12", "?person=7"):
        shown = page(desk, PAGE + path)
        assert "held back at the last look" in shown
        assert "not-visible" in shown
        assert "femi@" not in shown
    assert "Nothing about this" in page(desk, f"{PAGE}?item=reply:13")


def test_an_address_is_added_closed_and_opened(desk) -> None:
    given = {"local": "West-Africa ", "opens": "question", "hub": "west-africa"}
    desk.post(f"{PAGE}addresses/", given)
    box = Mailbox.objects.get(local="west-africa")
    assert (box.hub, box.is_open) == ("west-africa", True)
    assert "west-africa@exchange.example" in page(desk)

    desk.post(f"{PAGE}addresses/{box.pk}/", {"open": "0"})
    box.refresh_from_db()
    assert not box.is_open
    assert "closed" in page(desk)
    desk.post(f"{PAGE}addresses/{box.pk}/", {"open": "1"})
    box.refresh_from_db()
    assert box.is_open


@pytest.mark.parametrize("local", ["", "reply", "postmaster", "a b", "é", "exchange", "ask", "x@y"])
def test_a_name_that_cannot_be_one_comes_back(desk, local, settings) -> None:
    settings.MAIL_FROM = "The Exchange <exchange@exchange.example>"
    boxes.load_starter()
    before = Mailbox.objects.count()

    answer = desk.post(f"{PAGE}addresses/", {"local": local, "opens": "question"})

    assert answer.status_code == 422
    assert Mailbox.objects.count() == before


def test_a_new_exchange_has_its_addresses_and_keeps_what_hosts_did() -> None:
    assert boxes.load_starter() == 6
    Mailbox.objects.filter(local="ask").update(is_open=False)

    assert boxes.load_starter() == 0
    assert not Mailbox.objects.get(local="ask").is_open


def test_hosts_hear_of_a_refusal_once_a_day(beatriz) -> None:
    for _ in range(3):
        mail = queue_mail(to="femi@example.net", subject="x", text="x", purpose="alert")
        bounces.came_back(mail=mail, kind="policy", status="5.7.26")
    worker.run_until_idle()

    told = OutgoingMail.objects.get(purpose="mail-trouble")
    assert told.to_address == beatriz.email
    assert "example.net" in told.text
    assert "femi" not in told.text


@pytest.mark.django_db(transaction=True)
def test_the_page_asks_few_questions(desk, django_assert_max_num_queries) -> None:
    boxes.load_starter()
    for number in range(12):
        kept(received_at=now(), subject=f"{number}")

    page(desk)
    with django_assert_max_num_queries(8) as many:
        page(desk)
    IncomingMail.objects.exclude(subject="0").delete()
    with django_assert_max_num_queries(8) as one:
        page(desk)
    assert len(many) == len(one)
    ours = [query for query in one.captured_queries if '"mail_' in query["sql"]]
    assert len(ours) <= 2

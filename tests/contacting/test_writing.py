"""Writing to the hosts from the contact page, as people and programs do it.
Read by pytest alone."""

from django.core import signing
from django.test import Client

from exchange.contacting.models import Contact, Word
from exchange.core.time import now
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from exchange.pages.telling.actions import publish_text
from exchange.pages.telling.rules import Words
from exchange.safeguarding.models import Case, Concern
from tests import cast
from tests.contacting.letters import ADDRESS, ASKED, OF_A_CHILD, typed


def test_a_visitor_writes_and_is_told_so_without_their_words(visitor: Client) -> None:
    answer = visitor.post("/contact/", typed(), follow=True)

    contact = Contact.objects.get()
    assert "The hosts have your words" in answer.content.decode()
    assert (contact.address, contact.name, contact.state) == (ADDRESS, "Zawadi", "waiting")
    receipt = OutgoingMail.objects.get()
    assert receipt.to_address == ADDRESS
    assert ASKED not in receipt.text + receipt.html
    assert receipt.headers["Reply-To"].startswith("<reply+")


def test_the_form_stands_in_no_cache_and_asks_a_member_for_no_address(
    visitor: Client, amina: Member
) -> None:
    page = visitor.get("/contact/")
    own = cast.signed_in(Client(), amina).get("/contact/").content.decode()

    assert "no-store" in page.headers["Cache-Control"]
    assert 'name="address"' in page.content.decode()
    assert 'name="address"' not in own


def test_a_member_is_known_by_their_account(amina: Member) -> None:
    given = typed(address="somebody@else.example")

    cast.signed_in(Client(), amina).post("/contact/", given)

    contact = Contact.objects.get()
    assert (contact.member, contact.address) == (amina, "")
    assert OutgoingMail.objects.get().to_address == amina.email


def test_the_same_form_twice_is_one_letter(visitor: Client) -> None:
    visitor.post("/contact/", typed())
    visitor.post("/contact/", typed())

    assert Contact.objects.count() == 1


def test_an_address_gets_one_receipt_a_day_whoever_types_it(visitor: Client) -> None:
    for number in range(3):
        visitor.post("/contact/", typed(once=f"form-{number}"))

    assert Contact.objects.count() == 3
    assert OutgoingMail.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(visitor: Client) -> None:
    answer = visitor.post("/contact/", typed(address="zawadi at example"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ASKED in page
    assert 'id="errors"' in page
    assert not Contact.objects.exists()


def test_too_many_from_one_address_are_kept_on_the_page(visitor: Client) -> None:
    statuses = [
        visitor.post("/contact/", typed(once=f"form-{number}")).status_code for number in range(9)
    ]

    assert statuses == [302] * 8 + [429]


def test_what_a_program_wrote_is_set_apart_and_answered_by_nobody(visitor: Client) -> None:
    at_once = signing.dumps(int(now().timestamp()), salt="exchange.contacting.shown")
    links = "Buy https://a.example https://b.example https://c.example https://d.example"
    visitor.post("/contact/", typed(once="1", more="https://spam.example"))
    visitor.post("/contact/", typed(once="2", shown=at_once))
    visitor.post("/contact/", typed(once="3", words=links))

    found = Contact.objects.order_by("pk").values_list("doubt", flat=True)
    assert list(found) == ["filled", "quick", "links"]
    assert not OutgoingMail.objects.exists()


def test_a_mark_of_time_that_was_lost_on_a_weak_line_is_no_fault(visitor: Client) -> None:
    visitor.post("/contact/", typed(shown=""))

    assert Contact.objects.get().doubt == ""
    assert OutgoingMail.objects.count() == 1


def test_a_worry_about_a_child_leads_to_the_report_at_once(visitor: Client) -> None:
    answer = visitor.post("/contact/", typed(about="worry", words=OF_A_CHILD))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'action="/report/"' in page
    assert OF_A_CHILD in page
    assert "call the police" in page
    assert not Contact.objects.exists()


def test_words_that_point_to_a_child_are_shown_to_the_writer_first(visitor: Client) -> None:
    answer = visitor.post("/contact/", typed(words=OF_A_CHILD))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="noticed"' in page
    assert OF_A_CHILD in page
    assert not Contact.objects.exists()


def test_sent_all_the_same_they_are_a_case_and_no_host_reads_them(
    visitor: Client, desk: Client, lead: Member
) -> None:
    answer = visitor.post("/contact/", typed(words=OF_A_CHILD, insist="1"))

    case, word = Case.objects.get(), Word.objects.get()
    assert answer.headers["Location"] == "/report/received/?now=1"
    assert word.sealed_at is not None
    assert (case.kind, case.place, case.place_pk) == ("at-risk", "contact", word.pk)
    assert case.evidence.get().text == OF_A_CHILD
    assert ADDRESS in Concern.objects.get().words
    assert "Akinyi" not in desk.get("/desk/contact/").content.decode()
    assert desk.get(f"/desk/contact/{word.contact_id}/").status_code == 404


def test_a_telephone_number_for_an_answer_is_nothing_to_be_asked_about(visitor: Client) -> None:
    answer = visitor.post("/contact/", typed(words="Please call me: +254 700 123 456."))

    assert answer.status_code == 302
    assert Word.objects.get().sealed_at is None


def test_those_who_look_after_safeguarding_read_it_in_the_case_with_whom_to_ask(
    visitor: Client, lead: Member
) -> None:
    visitor.post("/contact/", typed(words=OF_A_CHILD, insist="1"))
    case = Case.objects.get()
    client = cast.signed_in(Client(), lead)

    page = client.get(f"/desk/concerns/{case.pk}/")
    words = client.post(f"/desk/concerns/{case.pk}/words/").content.decode()

    assert page.status_code == 200
    assert "Akinyi" not in page.content.decode()
    assert "Akinyi" in words
    assert ADDRESS in words


def test_what_hosts_wrote_for_this_page_stands_above_the_form(
    visitor: Client, beatriz: Member
) -> None:
    words = Words("Talk to us", "We are **three**.", "")
    publish_text(name="contact", language="en", words=words, by=beatriz)

    page = visitor.get("/contact/").content.decode()

    assert "<h1>Talk to us</h1>" in page
    assert "<strong>three</strong>" in page
    assert 'name="words"' in page

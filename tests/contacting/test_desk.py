"""The hosts' queue of letters: looking, answering, going on by mail, closing, forgetting.
Read by pytest alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from exchange.contacting import queries
from exchange.contacting.actions import emptying
from exchange.contacting.models import Contact, Deed, Ready, Word
from exchange.core import waiting
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.members import dossier
from exchange.members.models import Member
from exchange.safeguarding.actions import handling as safeguarding
from exchange.safeguarding.models import Case
from tests import bymail, cast
from tests.contacting.letters import ADDRESS, ASKED, OF_A_CHILD, typed

REPLY = "Yes, please do, and tell us how it went."


def answered(desk: Client, contact: Contact, text: str = REPLY, **other: Any) -> Any:
    seen = queries.last_read(contact)
    given = {"text": text, "seen": seen, "once": f"answer-{seen}", **other}
    return desk.post(f"/desk/contact/{contact.pk}/", given)


@pytest.fixture
def zawadi(letter: Contact) -> bymail.Post:
    return bymail.Post(ADDRESS, "Zawadi")


def test_hosts_find_it_in_the_queue_and_among_what_waits(desk: Client, letter: Contact) -> None:
    page = desk.get("/desk/contact/").content.decode()

    assert ASKED in page
    assert f"/desk/contact/{letter.pk}/" in page
    found = next(one for one in waiting.standing() if one.url == "/desk/contact/")
    assert (found.count, found.oldest) == (1, letter.waits_since)


def test_nobody_else_does(visitor: Client, amina: Member, letter: Contact) -> None:
    member = cast.signed_in(Client(), amina)

    for address in ("/desk/contact/", f"/desk/contact/{letter.pk}/"):
        assert member.get(address).status_code == 404
        assert visitor.get(address).status_code == 302


def test_the_queue_asks_as_often_for_many_as_for_one(
    desk: Client, visitor: Client, letter: Contact, django_assert_max_num_queries: Any
) -> None:
    desk.get("/desk/contact/")
    with django_assert_max_num_queries(12) as for_one:
        desk.get("/desk/contact/")
    for number in range(5):
        visitor.post("/contact/", typed(once=f"more-{number}"))

    with django_assert_max_num_queries(12) as for_many:
        desk.get("/desk/contact/")

    assert len(for_many) <= len(for_one)


def test_a_host_says_that_she_looks_and_another_is_told(
    desk: Client, letter: Contact, desta: Member
) -> None:
    other = cast.signed_in(Client(), desta)
    act = f"/desk/contact/{letter.pk}/act/"

    desk.post(act, {"what": "look"})
    page = other.post(act, {"what": "look"}, follow=True).content.decode()

    letter.refresh_from_db()
    assert letter.claimed_by is not None
    assert letter.claimed_by.display_name == "Beatriz"
    assert "Beatriz is looking at it already" in page
    desk.post(act, {"what": "leave"})
    letter.refresh_from_db()
    assert letter.claimed_by is None


def test_an_answer_goes_by_mail_in_their_language(desk: Client, visitor: Client) -> None:
    visitor.post("/contact/", typed(language="sw"))
    contact = Contact.objects.get()

    answer = answered(desk, contact)

    contact.refresh_from_db()
    sent = OutgoingMail.objects.get(purpose="contact")
    assert answer.status_code == 302
    assert contact.state == "answered"
    assert (sent.to_address, sent.language, sent.shown_from) == (ADDRESS, "sw", "Beatriz")
    assert REPLY in sent.text
    with translation.override("sw"):
        assert sent.subject == gettext("An answer from the hosts of the Exchange")


def test_the_same_answer_twice_is_one_mail(desk: Client, letter: Contact) -> None:
    answered(desk, letter, once="a", seen=queries.last_read(letter))
    answered(desk, letter, once="a", seen=queries.last_read(letter))

    assert OutgoingMail.objects.filter(purpose="contact").count() == 1


def test_who_answers_second_reads_the_first_answer_before(
    desk: Client, letter: Contact, desta: Member
) -> None:
    seen = queries.last_read(letter)
    answered(desk, letter)
    other = cast.signed_in(Client(), desta)

    late = answered(other, letter, "No, sorry.", seen=seen, once="late")

    assert late.status_code == 409
    assert "No, sorry." in late.content.decode()
    assert "Beatriz has answered meanwhile" in late.content.decode()
    assert Word.objects.filter(is_hosts=True).count() == 1


def test_an_answer_that_points_to_a_child_does_not_go(desk: Client, letter: Contact) -> None:
    refused = answered(desk, letter, OF_A_CHILD)

    assert refused.status_code == 422
    assert OF_A_CHILD in refused.content.decode()
    assert not OutgoingMail.objects.filter(purpose="contact").exists()


def test_their_answer_comes_back_into_the_same_matter(
    desk: Client, letter: Contact, zawadi: bymail.Post
) -> None:
    answered(desk, letter)
    worker.run_until_idle()

    row = zawadi.answer("Thank you. In which month?")

    letter.refresh_from_db()
    page = desk.get(f"/desk/contact/{letter.pk}/").content.decode()
    assert (row.state, row.outcome) == ("done", "contact-more")
    assert letter.state == "waiting"
    assert page.index(ASKED) < page.index(REPLY) < page.index("In which month?")


def test_adding_to_the_receipt_and_answering_from_comes_in_too(
    letter: Contact, zawadi: bymail.Post
) -> None:
    receipt = zawadi.newest()
    receipt.headers = {}

    row = zawadi.answer("One thing more.", letter=receipt)

    assert row.route == "token:contact" or row.state == "kept"
    again = zawadi.answer("And another.")
    assert again.outcome == "contact-more"


def test_from_another_address_it_is_marked_and_the_answer_stays_with_the_first(
    desk: Client, letter: Contact, zawadi: bymail.Post
) -> None:
    receipt = zawadi.newest()

    bymail.Post("office@example.net").answer("It is me, from the office.", letter=receipt)

    word = Word.objects.order_by("-pk")[0]
    assert word.is_from_elsewhere
    answered(desk, letter)
    assert OutgoingMail.objects.get(purpose="contact").to_address == ADDRESS


def test_a_disowned_or_empty_mail_waits_among_the_other_mails(
    letter: Contact, zawadi: bymail.Post
) -> None:
    disowned = zawadi.answer("Send me everything.", headers=bymail.DISOWNED)
    empty = zawadi.answer("", quoting=False)

    assert (disowned.state, disowned.outcome) == ("kept", "contact-unsure")
    assert empty.outcome == "contact-empty"
    assert Word.objects.count() == 1


def test_a_mail_about_a_child_goes_to_safeguarding_and_lies_nowhere_else(
    desk: Client, letter: Contact, zawadi: bymail.Post, lead: Member
) -> None:
    row = zawadi.answer(OF_A_CHILD)

    word = Word.objects.order_by("-pk")[0]
    row.refresh_from_db()
    assert word.sealed_at is not None
    assert Case.objects.get().place_pk == word.pk
    assert "Akinyi" not in f"{row.subject} {row.words} {row.cut}"
    assert "Akinyi" not in desk.get(f"/desk/contact/{letter.pk}/").content.decode()


def test_what_safeguarding_lets_stand_waits_for_hosts_again(
    desk: Client, visitor: Client, lead: Member
) -> None:
    visitor.post("/contact/", typed(words=OF_A_CHILD, insist="1"))

    safeguarding.let_stand(case=Case.objects.get(), by=lead)

    assert "Akinyi" in desk.get("/desk/contact/").content.decode()


def test_a_host_gives_a_letter_to_safeguarding(desk: Client, letter: Contact, lead: Member) -> None:
    word = Word.objects.get()

    desk.post(f"/report/contact/{word.pk}/", {"kind": "at-risk", "once": "x"})

    assert desk.get(f"/desk/contact/{letter.pk}/").status_code == 404
    assert Case.objects.get().evidence.get().text == ASKED


def test_a_visitor_can_report_no_letter(visitor: Client, letter: Contact) -> None:
    assert visitor.get(f"/report/contact/{Word.objects.get().pk}/").status_code == 404


def test_an_answer_that_came_back_is_shown(desk: Client, letter: Contact) -> None:
    answered(desk, letter)
    OutgoingMail.objects.filter(purpose="contact").update(state="bounced")

    with translation.override("en"):
        page = desk.get(f"/desk/contact/{letter.pk}/").content.decode()

    assert "It came back" in page


def test_closed_it_leaves_the_queue_and_the_record_says_who(desk: Client, letter: Contact) -> None:
    desk.post(f"/desk/contact/{letter.pk}/act/", {"what": "close"})

    letter.refresh_from_db()
    assert letter.state == "closed"
    assert queries.waiting() is None
    assert [deed.by_name for deed in Deed.objects.all()] == ["Beatriz"]
    desk.post(f"/desk/contact/{letter.pk}/act/", {"what": "open"})
    assert queries.waiting() is not None


def test_short_answers_are_kept_and_begun_from(desk: Client, letter: Contact) -> None:
    given = {"title": "Using our texts", "language": "en", "ready_text": "You are welcome to."}
    desk.post("/desk/contact/short-answers/", given)
    ready = Ready.objects.get()

    page = desk.post(
        f"/desk/contact/{letter.pk}/", {"text": "Dear Zawadi,", "ready": ready.pk}
    ).content.decode()

    assert "Dear Zawadi," in page
    assert "You are welcome to." in page
    assert not OutgoingMail.objects.filter(purpose="contact").exists()
    desk.post(f"/desk/contact/short-answers/{ready.pk}/")
    assert not Ready.objects.exists()


def test_a_year_after_the_last_word_only_the_fact_remains(letter: Contact) -> None:
    assert emptying.empty_old(at=now() + timedelta(days=364)) == 0

    assert emptying.empty_old(at=now() + timedelta(days=366)) == 1

    letter.refresh_from_db()
    assert (letter.address, letter.name) == ("", "")
    assert Word.objects.get().text == ""


def test_who_asks_to_be_forgotten_is(desk: Client, letter: Contact, zawadi: bymail.Post) -> None:
    row = zawadi.answer("Please forget me.")

    desk.post(f"/desk/contact/{letter.pk}/empty/")

    row.refresh_from_db()
    assert not Word.objects.exclude(text="").exists()
    assert row.words == ""
    assert desk.get(f"/desk/contact/{letter.pk}/").status_code == 404
    assert zawadi.answer("Still there?").outcome == "contact-gone"
    assert IncomingMail.objects.count() == 2


def test_who_leaves_takes_letters_along_of_the_account_and_of_the_address(
    visitor: Client, amina: Member
) -> None:
    cast.signed_in(Client(), amina).post("/contact/", typed(once="own"))
    visitor.post("/contact/", typed(once="before", address=amina.email.upper()))
    told = dossier.export(amina)["contacting"]

    dossier.erase(amina)

    assert [one["text"] for one in told["words"]] == [ASKED, ASKED]  # type: ignore[index,attr-defined]
    assert not Word.objects.exclude(text="").exists()
    assert not Contact.objects.exclude(address="").exists()

"""Writing to somebody for the first time: a request, which the other answers or not.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.core.time import now
from exchange.corresponding import keeping, queries
from exchange.corresponding.actions import answering, writing
from exchange.corresponding.errors import Enough, NotTaken
from exchange.corresponding.models import Choice, Correspondence, Message
from exchange.hubs.models import Membership, Space
from exchange.members.models import Member
from tests import cast
from tests.corresponding.conftest import HELLO

pytestmark = pytest.mark.django_db


def send(browser: Client, to: Member, text: str = HELLO, **more: object):
    return browser.post("/messages/new/", {"to": to.pk, "text": text, **more})


def test_a_member_writes_from_a_profile_and_the_other_finds_who_and_what(at, amina, femi):
    profile = at(amina).get(f"/people/{femi.pk}/").content.decode()
    assert f"/messages/new/?to={femi.pk}" in profile

    page = at(amina).get(f"/messages/new/?to={femi.pk}")
    assert page.status_code == 200
    assert "Femi" in page.content.decode()
    assert send(at(amina), femi).status_code == 302

    listed = at(femi).get("/messages/").content.decode()
    assert "They would like to write with you" in listed
    assert "one new message" in listed
    row = Correspondence.objects.get()
    read = at(femi).get(f"/messages/{row.pk}/").content.decode()
    assert HELLO in read
    assert "Kenya" in read
    assert "Case worker" in read
    assert "Say yes" in read
    assert "one new message" not in at(femi).get("/messages/").content.decode()


def test_no_address_stands_on_any_page_of_it(at, talk, amina, femi):
    for reader, other in ((amina, femi), (femi, amina)):
        for path in ("/messages/", f"/messages/{talk.pk}/", "/messages/choices/"):
            assert other.email not in at(reader).get(path).content.decode()


def test_only_the_two_can_read_it_no_host_and_no_visitor(at, talk, amina, beatriz, chen, visitor):
    path = f"/messages/{talk.pk}/"
    assert at(amina).get(path).status_code == 200
    assert at(beatriz).get(path).status_code == 404
    assert at(chen).get(path).status_code == 404
    assert at(beatriz).post(f"{path}act/", {"what": "accept"}).status_code == 404
    assert visitor.get(path).status_code == 302
    assert at(amina).get(f"/messages/{2**70}/").status_code == 404


def test_a_request_is_one_message_until_it_is_answered(at, asked, amina, femi):
    with pytest.raises(NotTaken) as refused:
        writing.write(by=amina, to=femi, text="And another word.")
    assert refused.value.code == "waits"

    answer = at(femi).post(f"/messages/{asked.pk}/", {"text": "We began with tea."})

    assert answer.status_code == 302
    assert writing.write(by=amina, to=femi, text="Thank you!").correspondence == asked


def test_let_be_the_writer_is_not_told(at, asked, amina, femi):
    before = at(amina).get(f"/messages/{asked.pk}/").content.decode()
    at(femi).post(f"/messages/{asked.pk}/act/", {"what": "leave"})

    after = at(amina).get(f"/messages/{asked.pk}/").content.decode()
    waits = "Your message is with them."
    assert waits in before
    assert waits in after
    assert "With them, no answer yet" in at(amina).get("/messages/").content.decode()
    # Whoever let it be may take it up again by writing.
    assert writing.write(by=femi, to=amina, text="After all: yes.").correspondence == asked


@pytest.mark.parametrize("is_open", [False, True])
def test_blocked_they_are_not_told_and_cannot_write(at, amina, femi, asked, is_open):
    if is_open:
        answering.accept(row=asked, by=femi)
    at(femi).post(f"/messages/{asked.pk}/act/", {"what": "block"})

    with pytest.raises(NotTaken) as refused:
        writing.write(by=amina, to=femi, text="Hello?")
    assert refused.value.code == ("no-messages" if is_open else "waits")
    page = at(amina).get(f"/messages/{asked.pk}/").content.decode()
    assert "blocked" not in page.split("<main")[1].split("help")[0].casefold()
    assert "Amina" in at(femi).get("/messages/choices/").content.decode()

    at(femi).post("/messages/choices/", {"unblock": amina.pk})
    if is_open:
        assert writing.write(by=amina, to=femi, text="Hello again.")


def test_whoever_was_never_written_with_and_blocks_gets_nothing(amina, femi):
    answering.block(whom=amina, by=femi)

    with pytest.raises(NotTaken) as refused:
        writing.write(by=amina, to=femi, text=HELLO)
    assert refused.value.code == "no-messages"
    with pytest.raises(NotTaken) as own:
        writing.write(by=femi, to=amina, text=HELLO)
    assert own.value.code == "you-blocked"


def test_who_chose_nobody_is_not_written_to_and_may_write(amina, femi):
    answering.choose(member=femi, from_whom=Choice.FromWhom.NOBODY)
    assert not queries.may_write_to(amina, femi)

    row = writing.write(by=femi, to=amina, text="Your notes on tea?").correspondence

    # An answer is always wanted.
    assert writing.write(by=amina, to=femi, text="With pleasure.").correspondence == row


def test_only_people_of_my_groups(amina, femi):
    answering.choose(member=femi, from_whom=Choice.FromWhom.GROUPS)
    assert not queries.may_write_to(amina, femi)
    space = Space.objects.create(kind="group", slug="tea", name="Tea")
    for member in (amina, femi):
        Membership.objects.create(space=space, member=member, state="in")

    assert queries.may_write_to(amina, femi)


def test_only_the_welcomed(amina, femi, chen):
    answering.choose(member=femi, from_whom=Choice.FromWhom.WELCOMED)

    assert queries.may_write_to(amina, femi)
    assert not queries.may_write_to(chen, femi)


def test_a_newcomer_has_two_open_requests_and_no_more(chen, amina, femi, beatriz):
    for other in (amina, femi):
        writing.write(by=chen, to=other, text=HELLO)
    with pytest.raises(Enough) as full:
        writing.write(by=chen, to=beatriz, text=HELLO)
    assert full.value.code == "requests"

    answering.leave(row=queries.of_pair(chen, amina), by=amina)
    with pytest.raises(Enough):
        writing.write(by=chen, to=beatriz, text=HELLO)
    writing.write(by=femi, to=chen, text="Gladly.")
    assert writing.write(by=chen, to=beatriz, text=HELLO)


def test_three_new_people_a_day_for_a_newcomer_fifteen_for_others(chen, amina):
    people = [cast.person(f"Person{n}", welcomed_at=now()) for n in range(16)]
    for other in people[:3]:
        writing.write(by=chen, to=other, text=HELLO)
        writing.write(by=other, to=chen, text="Yes.")
    with pytest.raises(Enough) as full:
        writing.write(by=chen, to=people[3], text=HELLO)
    assert full.value.code == "new-today"

    for other in people[:15]:
        writing.write(by=amina, to=other, text=HELLO)
    with pytest.raises(Enough):
        writing.write(by=amina, to=people[15], text=HELLO)


def test_nobody_writes_without_end_to_one_who_does_not_answer(talk, amina, femi):
    for n in range(19):
        writing.write(by=amina, to=femi, text=f"Word {n}")
    with pytest.raises(Enough):
        writing.write(by=amina, to=femi, text="One more")

    writing.write(by=femi, to=amina, text="I am here.")

    assert writing.write(by=amina, to=femi, text="One more")


def test_paused_or_gone_members(amina, femi, talk):
    Member.objects.filter(pk=amina.pk).update(paused_until=now() + timedelta(days=2))
    amina.refresh_from_db()
    with pytest.raises(NotTaken) as paused:
        writing.write(by=amina, to=femi, text="Hello")
    assert paused.value.code == "paused"

    Member.objects.filter(pk=amina.pk).update(paused_until=None, is_active=False)
    amina.refresh_from_db()
    with pytest.raises(NotTaken) as gone:
        writing.write(by=femi, to=amina, text="Hello")
    assert gone.value.code == "no-messages"


def test_the_same_form_twice_is_one_message(at, amina, femi):
    for _time in range(2):
        assert send(at(amina), femi, once="form-1").status_code == 302

    assert Message.objects.count() == 1


def test_nothing_typed_is_lost(at, amina, femi, visitor):
    empty = send(at(amina), femi, "")
    assert empty.status_code == 422
    assert "Please write a few words" in empty.content.decode()
    answering.choose(member=femi, from_whom=Choice.FromWhom.NOBODY)

    refused = send(at(amina), femi)

    assert refused.status_code == 422
    assert HELLO in refused.content.decode()
    assert "takes no messages at present" in refused.content.decode()
    assert visitor.post("/messages/new/", {"to": femi.pk, "text": HELLO}).status_code == 302
    assert at(amina).get("/messages/new/?to=0").status_code == 404
    assert at(amina).get(f"/messages/new/?to={amina.pk}").status_code == 404


def test_taken_back_it_is_gone_for_both(at, talk, amina, femi):
    said = writing.write(by=amina, to=femi, text="Something rash.")
    assert at(femi).post(f"/messages/words/{said.pk}/back/").status_code == 404
    assert at(amina).post(f"/messages/words/{said.pk}/back/").status_code == 302

    for reader in (amina, femi):
        page = at(reader).get(f"/messages/{talk.pk}/").content.decode()
        assert "rash" not in page
        assert "Taken back." in page


def test_long_talks_go_by_pages(at, talk, amina, femi):
    for n in range(40):
        writer, other = (amina, femi) if n % 2 else (femi, amina)
        writing.write(by=writer, to=other, text=f"Word number {n}.")

    page = at(amina).get(f"/messages/{talk.pk}/").content.decode()

    assert "Word number 39." in page
    assert "Word number 5." not in page
    earlier = page.split("?before=")[1].split('"')[0]
    before = at(amina).get(f"/messages/{talk.pk}/?before={earlier}").content.decode()
    assert "Word number 5." in before
    assert "Word number 39." not in before


@pytest.mark.parametrize("path", ["/messages/", "one", "/messages/choices/"])
def test_few_questions_to_the_database(at, talk, amina, path, django_assert_max_num_queries):
    others = [cast.person(f"Person{n}", welcomed_at=now()) for n in range(14)]
    for n, other in enumerate(others):
        row = writing.write(by=amina, to=other, text=HELLO).correspondence
        if n % 2:
            answering.accept(row=row, by=other)
    browser = at(amina)
    asked = path if path != "one" else f"/messages/{talk.pk}/"
    browser.get(asked)

    with django_assert_max_num_queries(8):
        assert browser.get(asked).status_code == 200


def test_unanswered_requests_go_after_ninety_days_and_talks_after_two_years(
    talk, amina, femi, chen
):
    writing.write(by=chen, to=amina, text=HELLO)

    keeping.empty_old(at=now() + timedelta(days=89))
    assert Correspondence.objects.count() == 2
    keeping.empty_old(at=now() + timedelta(days=91))
    assert list(Correspondence.objects.all()) == [talk]
    keeping.empty_old(at=now() + timedelta(days=731))
    assert not Correspondence.objects.exists()
    assert not Message.objects.exists()

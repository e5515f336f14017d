"""The talk between hosts and whoever added a record; what a host sees of it in the morning.
Read by pytest alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.contributions.models import State
from exchange.ledger import worker
from exchange.library.depositing import actions
from exchange.library.depositing.actions import Rights, deposit
from exchange.library.models import DepositWord, File, Resource
from exchange.library.records import Record
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Client, Member], Client]


@pytest.fixture
def waiting(amina: Member) -> Resource:
    record = Record(title="Circles", types=("tool",), topics=("ethics",), summary="How it went.")
    rights = Rights(right="permission", note="The district office, in May")
    return deposit(record=record, rights=rights, author=amina, once_key="w", with_file=True)


def say(client: Client, row: Resource, words: str) -> object:
    return client.post(f"/library/{row.pk}/words/", {"word": words})


def test_what_came_with_a_file_waits_whoever_added_it(waiting: Resource) -> None:
    assert waiting.state == State.WAITING


def test_what_a_host_adds_does_not_wait(beatriz: Member) -> None:
    record = Record(title="Mine", types=("tool",), topics=("ethics",))

    row = deposit(record=record, rights=Rights(), author=beatriz, once_key="h", with_file=True)

    assert row.state == State.PUBLISHED


def test_a_hosts_word_reaches_who_added_it_and_the_answer_that_host(
    waiting: Resource, amina: Member, beatriz: Member, desta: Member, signed_in: SignedIn
) -> None:
    say(signed_in(Client(), beatriz), waiting, "Who took the pictures?")
    worker.run_until_idle()
    (letter,) = OutgoingMail.objects.filter(purpose="deposit")
    assert letter.to_address == amina.email
    assert "Who took the pictures?" in letter.text
    assert "Circles" not in letter.subject

    say(signed_in(Client(), amina), waiting, "Our own team did.")
    worker.run_until_idle()

    to = OutgoingMail.objects.filter(purpose="deposit", text__contains="Our own team")
    assert [mail.to_address for mail in to] == [beatriz.email]
    assert list(DepositWord.objects.values_list("is_host", flat=True)) == [True, False]


def test_the_first_word_of_who_added_it_goes_to_every_host(
    waiting: Resource, amina: Member, beatriz: Member, signed_in: SignedIn
) -> None:
    say(signed_in(Client(), amina), waiting, "The file is large, sorry.")
    worker.run_until_idle()

    to = {mail.to_address for mail in OutgoingMail.objects.filter(purpose="deposit")}
    assert beatriz.email in to
    assert amina.email not in to


def test_both_sides_read_the_talk_on_the_page_and_nobody_else_ever_does(
    waiting: Resource, amina: Member, beatriz: Member, chen: Member, signed_in: SignedIn
) -> None:
    say(signed_in(Client(), beatriz), waiting, "A quiet word")
    address = waiting.get_absolute_url()

    for side in (amina, beatriz):
        page = signed_in(Client(), side).get(address).content.decode()
        assert "A quiet word" in page
        assert "The district office, in May" in page
    Resource.objects.filter(pk=waiting.pk).update(state=State.PUBLISHED)
    for other in (Client(), signed_in(Client(), chen)):
        assert "A quiet word" not in other.get(address).content.decode()
    assert "A quiet word" in signed_in(Client(), amina).get(address).content.decode()


def test_others_cannot_say_a_word(waiting: Resource, chen: Member, signed_in: SignedIn) -> None:
    assert say(signed_in(Client(), chen), waiting, "Me too").status_code == 404
    Resource.objects.filter(pk=waiting.pk).update(state=State.PUBLISHED)

    assert say(signed_in(Client(), chen), waiting, "Me too").status_code == 404
    assert not DepositWord.objects.exists()


def test_hosts_are_not_flooded(
    waiting: Resource, amina: Member, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "WORDS_A_DAY", 2)
    client = signed_in(Client(), amina)

    for words in ("one", "two", "three"):
        assert say(client, waiting, words).status_code == 302

    assert DepositWord.objects.count() == 2


def test_a_word_is_kept_over_a_sign_in(waiting: Resource, amina: Member) -> None:
    answer = say(Client(), waiting, "Wait for me")

    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_a_host_finds_the_answers_and_the_talk_in_the_morning(
    waiting: Resource, amina: Member, beatriz: Member, signed_in: SignedIn
) -> None:
    host = signed_in(Client(), beatriz)

    page = host.get("/desk/").content.decode()

    assert "its owner gave permission" in page
    assert "The district office, in May" in page
    assert "Ask who added it" in page
    say(host, waiting, "Who took the pictures?")
    assert "1 word about it" in host.get("/desk/").content.decode()
    assert "Who took the pictures?" in host.get("/desk/library/added/").content.decode()


def test_the_list_of_what_waits_is_for_hosts(amina: Member, signed_in: SignedIn) -> None:
    assert signed_in(Client(), amina).get("/desk/library/added/").status_code == 404


def test_letting_it_out_lets_its_files_out(
    waiting: Resource, amina: Member, beatriz: Member, signed_in: SignedIn
) -> None:
    file = File.objects.create(
        resource=waiting, by=amina, name="a.txt", media_type="text/plain", size=1,
        sha256="0" * 64, sent_sha256="1" * 64, needs_a_look=True,
    )  # fmt: skip
    sent = {"what": "publish", "version": waiting.version, "note": "", "seen": 0}

    signed_in(Client(), beatriz).post(f"/desk/contributions/{waiting.pk}/decision/", sent)
    worker.run_until_idle()

    waiting.refresh_from_db()
    file.refresh_from_db()
    assert waiting.state == State.PUBLISHED
    assert file.let_out_at is not None

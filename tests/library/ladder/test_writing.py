"""Short versions of a record: written by members, read by hosts, shown to everybody.
Run by pytest alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.contributions import drafts
from exchange.contributions.actions import withdraw
from exchange.contributions.errors import AlreadyDecided, NotAllowed
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.library.ladder.actions import in_place_of, write_rung
from exchange.library.ladder.queries import words
from exchange.library.models import Resource, Rung, Standing
from exchange.library.offering import actions as offering
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member

SENTENCE = "Before anybody came, villages had ways of their own to keep children safe."
MESSAGE = "Ask people what they do already. Build on it. Money too early pushes them aside."

SignedIn = Callable[[Client, Member], Client]


def wrote(record: Resource, by: Member, text: str = SENTENCE, **more: object) -> Rung:
    given = {"length": "sentence", "language": "en", "insist": True, **more}
    return write_rung(resource=record, text=text, by=by, **given)


def stands(rung: Rung, host: Member, note: str = "") -> Rung:
    offering.let_stand(row=rung, by=host, note=note, replaces=lambda: in_place_of(rung))
    rung.refresh_from_db()
    return rung


def test_a_record_without_short_versions_invites(visitor: Client, record: Resource) -> None:
    page = visitor.get(record.get_absolute_url()).content.decode()

    assert "Nobody has put this in short yet. You can:" in page
    assert f'href="/library/{record.pk}/short/message/"' in page


def test_what_a_member_writes_waits_for_a_host_and_then_stands(
    record: Resource, visitor: Client, amina: Member, beatriz: Member
) -> None:
    rung = wrote(record, amina)
    assert rung.standing == Standing.WAITING
    assert SENTENCE not in visitor.get(record.get_absolute_url()).content.decode()

    stands(rung, beatriz)

    page = visitor.get(record.get_absolute_url()).content.decode()
    assert SENTENCE in page
    assert "Nobody has put this in a phone message yet." in page
    whole = visitor.get(f"/library/{record.pk}/short/").content.decode()
    assert "written by Amina" in whole
    assert "checked by Beatriz" in whole
    assert "Easy to read: 13 words a sentence" in whole
    assert words(record) == SENTENCE


def test_a_hosts_own_stands_at_once_and_says_that_nobody_else_read_it(
    record: Resource, visitor: Client, beatriz: Member, desta: Member
) -> None:
    rung = wrote(record, beatriz)
    page = visitor.get(f"/library/{record.pk}/short/").content.decode()
    assert rung.standing == Standing.PUBLISHED
    assert "not yet checked by a second person" in page
    with pytest.raises(NotAllowed):
        offering.check(row=rung, by=beatriz)

    offering.check(row=rung, by=desta)

    assert "checked by Desta" in visitor.get(f"/library/{record.pk}/short/").content.decode()


def test_a_newer_one_takes_its_place_and_the_former_is_kept(
    record: Resource, visitor: Client, amina: Member, beatriz: Member
) -> None:
    first = stands(wrote(record, amina), beatriz)
    stands(wrote(record, amina, "Villages know how to keep children safe."), beatriz)

    page = visitor.get(f"/library/{record.pk}/short/").content.decode()

    first.refresh_from_db()
    assert first.standing == Standing.FORMER
    assert SENTENCE not in page
    assert "changed on" in page


def test_languages_stand_side_by_side_the_readers_first(
    record: Resource, visitor: Client, beatriz: Member
) -> None:
    wrote(record, beatriz)
    wrote(record, beatriz, "Vijiji vina njia zao za kulinda watoto.", language="sw")
    wrote(record, beatriz, "للقرى طرقها في حماية الأطفال.", language="ar")

    english = visitor.get(record.get_absolute_url()).content.decode()
    swahili = visitor.get(f"/sw{record.get_absolute_url()}").content.decode()
    arabic = visitor.get(f"/ar/library/{record.pk}/short/").content.decode()

    assert SENTENCE in english
    assert "Vijiji" not in english
    assert "Vijiji" in swahili
    assert arabic.index("للقرى") < arabic.index(SENTENCE) < arabic.index("Vijiji")
    assert 'dir="rtl" lang="ar"' in arabic


def test_a_message_has_a_box_a_button_and_its_size(
    record: Resource, visitor: Client, beatriz: Member
) -> None:
    rung = wrote(record, beatriz, MESSAGE, length="message")

    page = visitor.get(record.get_absolute_url()).content.decode()

    assert f'id="message-{rung.pk}"' in page
    assert f'data-copy="message-{rung.pk}" hidden' in page
    assert f"{len(MESSAGE)} characters, about 1 text message" in page


@pytest.mark.parametrize(
    ("length", "text", "why"),
    [
        ("sentence", "a" * 201, "at most 200 fit"),
        ("message", "word " * 150, "at most 700 fit"),
        ("page", "word " * 501, "at most 500 fit on the page"),
        ("page", "", "Please write a few words"),
    ],
)
def test_what_is_too_long_comes_back_as_it_was_typed(
    record: Resource, amina: Member, signed_in: SignedIn, length: str, text: str, why: str
) -> None:
    client = signed_in(Client(), amina)

    answer = client.post(
        f"/library/{record.pk}/short/{length}/", {"body": text, "language": "en", "once": "k"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert why in page
    assert text.strip() in page
    assert not Rung.objects.exists()


def test_a_member_writes_on_a_page_of_its_own_and_sends_twice_what_is_one(
    record: Resource, amina: Member, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), amina)
    address = f"/library/{record.pk}/short/sentence/"
    key = f"rung-{record.pk}-sentence"
    drafts.keep(
        key=key, member=amina, kind="rung", answers={"body": ["Villages"], "language": ["en"]}
    )
    assert "Villages</textarea>" in client.get(address).content.decode()

    for _time in range(2):
        answer = client.post(
            address, {"body": SENTENCE, "language": "en", "once": "one"}, follow=True
        )

    assert Rung.objects.count() == 1
    assert "Waiting for a host to read it" in answer.content.decode()
    assert drafts.of(amina, key) is None


def test_a_visitors_words_survive_signing_in(
    record: Resource, amina: Member, signed_in: SignedIn
) -> None:
    client = Client()
    address = f"/library/{record.pk}/short/sentence/"
    led = client.post(address, {"body": SENTENCE, "language": "en", "once": "k"})
    assert led["Location"].startswith("/sign-in/")

    page = signed_in(client, amina).get(f"{address}?unsent=1").content.decode()

    assert f"{SENTENCE}</textarea>" in page


def test_the_gate_shows_the_writer_what_could_point_to_a_child(
    record: Resource, amina: Member, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), amina)
    risky = "Fatuma, 9 years old, from Kibera, was helped; call her on +254 712 345678."
    sent = {"body": risky, "language": "en", "once": "k"}

    shown = client.post(f"/library/{record.pk}/short/sentence/", sent)
    assert shown.status_code == 422
    assert "Before it goes out" in shown.content.decode()
    assert not Rung.objects.exists()

    client.post(f"/library/{record.pk}/short/sentence/", {**sent, "insist": "1"})
    assert Rung.objects.get().standing == Standing.WAITING


def test_a_hosts_risky_words_wait_for_another_host(
    record: Resource, beatriz: Member, desta: Member
) -> None:
    risky = "Fatuma, 9 years old, from Kibera, was helped; call her on +254 712 345678."
    rung = wrote(record, beatriz, risky)

    assert rung.standing == Standing.WAITING
    with pytest.raises(NotAllowed):
        stands(rung, beatriz)
    assert stands(rung, desta).standing == Standing.PUBLISHED


def test_hosts_read_decide_and_the_second_is_told(
    record: Resource, amina: Member, beatriz: Member, desta: Member, signed_in: SignedIn
) -> None:
    rung = wrote(record, amina)
    host = signed_in(Client(), beatriz)
    assert SENTENCE in host.get("/desk/library/offered/").content.decode()
    address = f"/desk/library/offered/rung/{rung.pk}/"

    bare = host.post(address, {"what": "decline", "note": ""})
    assert bare.status_code == 422
    assert "Please write a few kind words" in bare.content.decode()
    host.post(address, {"what": "decline", "note": "It says more than the record."})
    late = signed_in(Client(), desta).post(address, {"what": "stand"}, follow=True)

    rung.refresh_from_db()
    assert rung.standing == Standing.DECLINED
    assert (rung.checked_by, rung.note) == (beatriz, "It says more than the record.")
    assert "Beatriz was faster" in late.content.decode()
    with pytest.raises(AlreadyDecided):
        stands(rung, desta)


def test_members_have_no_desk(record: Resource, amina: Member, signed_in: SignedIn) -> None:
    rung = wrote(record, amina)
    client = signed_in(Client(), amina)

    assert client.get("/desk/library/offered/").status_code == 404
    address = f"/desk/library/offered/rung/{rung.pk}/"
    assert client.post(address, {"what": "stand"}).status_code == 404


def test_the_writer_is_mailed_what_was_decided_with_the_hosts_words(
    record: Resource, amina: Member, beatriz: Member, django_capture_on_commit_callbacks: object
) -> None:
    offering.decline(row=wrote(record, amina), by=beatriz, note="Too long for one breath.")
    stands(wrote(record, amina, "Villages know how."), beatriz)
    worker.run_until_idle()

    declined, out = OutgoingMail.objects.filter(to_address=amina.email).order_by("pk")
    assert "Too long for one breath." in declined.text
    assert f"> {SENTENCE}" in declined.text
    assert record.title in out.text
    assert "it stands now" in out.text
    # The host was told that something waits, once a day.
    assert OutgoingMail.objects.filter(to_address=beatriz.email, purpose="library").count() == 1


def test_a_withdrawn_record_takes_its_short_versions_and_letters_along(
    record: Resource, visitor: Client, amina: Member, beatriz: Member
) -> None:
    stands(wrote(record, amina), beatriz)
    worker.run_until_idle()
    address = f"/library/{record.pk}/short/"
    assert visitor.get(address).status_code == 200

    withdraw(contribution=record, by=beatriz)
    worker.run_until_idle()

    assert visitor.get(address).status_code == 404
    assert not Rung.objects.visible_to(amina).exclude(by=amina).exists()
    assert not OutgoingMail.objects.filter(text__contains=record.title).exists()


def test_a_writer_takes_back_and_a_stranger_cannot(
    record: Resource,
    visitor: Client,
    amina: Member,
    beatriz: Member,
    chen: Member,
    signed_in: SignedIn,
) -> None:
    rung = stands(wrote(record, amina), beatriz)
    address = f"/library/offered/rung/{rung.pk}/"
    assert signed_in(Client(), chen).post(address).status_code == 404
    assert signed_in(Client(), amina).get(address).status_code == 200

    signed_in(Client(), amina).post(address)

    assert SENTENCE not in visitor.get(record.get_absolute_url()).content.decode()
    assert words(record) == ""


def test_what_waits_is_seen_by_its_writer_and_hosts_alone(
    record: Resource,
    visitor: Client,
    amina: Member,
    beatriz: Member,
    chen: Member,
    signed_in: SignedIn,
) -> None:
    wrote(record, amina)
    address = f"/library/{record.pk}/short/"

    for member, sees in ((amina, True), (beatriz, True), (chen, False)):
        page = signed_in(Client(), member).get(address).content.decode()
        assert (SENTENCE in page) is sees
    assert SENTENCE not in visitor.get(address).content.decode()


def test_a_newcomer_offers_five_a_day(record: Resource, chen: Member, signed_in: SignedIn) -> None:
    for number in range(5):
        wrote(record, chen, f"Villages know how, {number} times.")

    answer = signed_in(Client(), chen).post(
        f"/library/{record.pk}/short/sentence/", {"body": SENTENCE, "language": "en", "once": "k"}
    )

    assert answer.status_code == 422
    assert "please send this tomorrow" in answer.content.decode()


def test_letting_a_newcomers_stand_welcomes_them(
    record: Resource, chen: Member, beatriz: Member
) -> None:
    stands(wrote(record, chen), beatriz)

    chen.refresh_from_db()
    assert not chen.is_newcomer


def test_every_change_is_told_to_the_ledger_without_words(
    record: Resource, amina: Member, beatriz: Member
) -> None:
    stands(wrote(record, amina), beatriz)

    told = list(Event.objects.filter(kind="contribution.enriched").values("subject_id", "detail"))

    assert told == [{"subject_id": record.pk, "detail": {"what": "rung"}}]


def test_a_record_is_found_by_the_words_of_its_short_versions_until_they_leave(
    record: Resource, visitor: Client, beatriz: Member
) -> None:
    rung = wrote(record, beatriz, "Grandmothers quietly watch over every doorway.")
    worker.run_until_idle()
    assert record.title in visitor.get("/search/?q=grandmothers+doorway").content.decode()

    offering.take_back(row=rung, by=beatriz)
    worker.run_until_idle()

    assert record.title not in visitor.get("/search/?q=grandmothers+doorway").content.decode()


def test_the_morning_page_says_how_many_wait(
    record: Resource, amina: Member, beatriz: Member, signed_in: SignedIn
) -> None:
    wrote(record, amina)

    morning, library = (
        signed_in(Client(), beatriz).get(path).content.decode()
        for path in ("/desk/", "/desk/library/")
    )

    assert "The library <small>1</small>" in morning
    assert "Beside records <small>1</small>" in library

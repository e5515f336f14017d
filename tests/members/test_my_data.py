"""My data: what is held, in words and numbers, to read and to take along; and the way out.
Run by pytest alone."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, State
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import dossier, holdings, leaving, queries
from exchange.members.models import Member
from tests import cast

pytestmark = pytest.mark.django_db

ASKED = Content(title="Who opens your meetings?", body="We take turns.")


@pytest.fixture
def said(amina: Member, beatriz: Member) -> tuple[Contribution, Reply]:
    row = submit(kind="question", content=ASKED, author=amina)
    return row, answer(contribution=row, author=beatriz, body="The youngest.", language="en")


@pytest.fixture
def page(amina: Member) -> Client:
    return cast.signed_in(Client(), amina)


def test_the_page_tells_each_room_in_words(page, said) -> None:
    told = page.get("/me/data/").content.decode()

    for room in dossier.rooms():
        assert room in holdings.ROOMS, f"members.holdings has no words for {room}"
        assert str(holdings.ROOMS[room]) in told
    assert "What you shared: 1" in told


def test_the_page_to_read_holds_ones_words_and_no_bare_numbers(page, said) -> None:
    told = page.get("/me/data/page/")

    assert told["Content-Disposition"].startswith("attachment")
    words = told.content.decode()
    assert "Who opens your meetings?" in words
    assert "amina@example.org" in words
    assert "once_key" not in words
    assert "The youngest." not in words


def test_the_file_opens_and_machines_can_read_it(page, said) -> None:
    answer_ = page.get("/me/data/file/")
    with ZipFile(BytesIO(b"".join(answer_.streaming_content))) as together:
        assert together.testzip() is None
        assert set(together.namelist()) == {"my-data.html", "my-data.json"}
        told = json.loads(together.read("my-data.json"))
    assert told["contributions"]["contributions"][0]["title"] == "Who opens your meetings?"
    assert told["members"]["email"] == "amina@example.org"


def test_a_visitor_gets_nobodys(visitor) -> None:
    for way in ("", "page/", "file/"):
        assert visitor.get(f"/me/data/{way}").status_code == 302


def test_who_has_a_second_factor_shows_it_first(amina, said) -> None:
    cast.with_second_factor(amina)
    page = Client()
    page.force_login(amina)
    for way in ("data/page/", "data/file/", "leaving/"):
        answer_ = page.get(f"/me/{way}")
        assert (answer_.status_code, "next" in answer_["Location"]) == (302, True)
    assert cast.signed_in(Client(), amina).get("/me/data/page/").status_code == 200


def test_the_words_stay_and_the_person_is_gone(page, said, amina) -> None:
    told = page.get("/me/leaving/").content.decode()
    assert "What you shared: 1" in told

    sent = {"words": "stay", "address": " Amina@example.org "}
    answer_ = page.post("/me/leaving/", sent)
    assert answer_["Location"].endswith("/me/leaving/done/")
    worker.run_until_idle()

    assert page.get("/me/leaving/done/").status_code == 200
    assert page.get("/me/").status_code == 302
    row, _reply = said
    row.refresh_from_db()
    assert (row.state, row.title, row.shown_as) == (State.PUBLISHED, ASKED.title, "")
    assert queries.by_address("amina@example.org") is None
    last = OutgoingMail.objects.get(to_address="amina@example.org")
    assert last.state == OutgoingMail.State.SENT
    assert "stays, without your name" in last.text


def test_the_words_go_and_nothing_of_them_is_left(page, said, amina, beatriz) -> None:
    page.post("/me/leaving/", {"words": "go", "address": "amina@example.org"})
    worker.run_until_idle()

    row, reply = said
    row.refresh_from_db()
    reply.refresh_from_db()
    assert (row.state, row.title, row.body, row.slug) == (State.WITHDRAWN, "", "", "")
    assert not row.revisions.exclude(title="", body="").exists()
    assert (reply.state, reply.body) == (State.PUBLISHED, "The youngest.")
    assert "The youngest." in str(dossier.export(beatriz))


@pytest.mark.parametrize(
    "sent",
    [{}, {"words": "go"}, {"words": "go", "address": "beatriz@example.org"}, {"words": "some"}],
)
def test_nobody_leaves_by_a_slip(page, amina, sent) -> None:
    assert page.post("/me/leaving/", sent).status_code == 422
    amina.refresh_from_db()
    assert amina.is_active


def test_a_host_hands_over_first(beatriz, desta) -> None:
    page = cast.signed_in(Client(), beatriz)
    page.post("/me/leaving/", {"words": "stay", "address": beatriz.email})
    beatriz.refresh_from_db()
    assert beatriz.is_appointed
    with pytest.raises(leaving.HostsDoNotLeave):
        leaving.leave(member=beatriz, words_too=False)

    page.post("/me/leaving/hosting/")
    beatriz.refresh_from_db()
    assert not beatriz.is_appointed
    page.post("/me/leaving/", {"words": "stay", "address": beatriz.email})
    beatriz.refresh_from_db()
    assert not beatriz.is_active


def test_the_last_host_stays_until_there_is_another(beatriz) -> None:
    page = cast.signed_in(Client(), beatriz)
    page.post("/me/leaving/hosting/")
    beatriz.refresh_from_db()
    assert beatriz.is_appointed
    with pytest.raises(leaving.LastHost):
        leaving.stop_hosting(member=beatriz)


def test_what_is_sealed_stays_for_safeguarding(page, said, amina) -> None:
    row, _reply = said
    Contribution.objects.filter(pk=row.pk).update(sealed_at=now(), sealed_from=State.PUBLISHED)
    page.post("/me/leaving/", {"words": "go", "address": "amina@example.org"})
    row.refresh_from_db()
    assert (row.title, row.author_id) == (ASKED.title, None)

"""What was sealed, withdrawn or left behind shows at no side door of the library.
Read by pytest alone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.library.bringing import actions as bringing
from exchange.library.bringing.rows import Row
from exchange.library.depositing import actions as depositing
from exchange.library.depositing import following
from exchange.library.files import actions as files
from exchange.library.files import store
from exchange.library.health import rules
from exchange.library.ladder.actions import write_rung
from exchange.library.models import File, LinkCheck, Resource
from exchange.library.shelving import actions as shelving
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from tests import cast
from tests.library.conftest import ROW, shelved

pytestmark = pytest.mark.django_db
MARK = "Zebrafinch"


@pytest.fixture
def desk(beatriz) -> Client:
    return cast.signed_in(Client(), beatriz)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_citation_is_kept_for_each_language_apart(visitor):
    row = shelved(f"{MARK} evenings", authors=("Mike Wessells", "Kathleen Kostelny"), year=0)

    english = page(visitor, row.get_absolute_url())
    french = page(visitor, f"/fr{row.get_absolute_url()}")

    assert "(n.d.)" in english
    assert "(n.d.)" not in french


def test_hosts_do_not_read_the_title_of_a_sealed_record_whose_file_was_infected(desk):
    row = shelved(f"{MARK} evenings")
    upload = SimpleUploadedFile("words.txt", b"Words of a group.")
    host = cast.person("Femi", hosting_since=now())
    file = files.keep(upload=upload, by=host, resource=row, name="words.txt")
    files.remove(file=file, why=File.Fixity.INFECTED)
    assert MARK in page(desk, "/desk/library/files/")

    sealing.seal(contribution=row)

    assert MARK not in page(desk, "/desk/library/files/")


def test_the_report_of_an_import_forgets_what_is_sealed(desk, beatriz):
    cells = {**ROW, "title": f"{MARK} evenings", "authors": f"{MARK} Group"}
    rows = [Row(1, cells), Row(2, {**ROW, "title": "Quokka tea"})]
    run = bringing.keep(form="csv", name="table", rows=rows, by=beatriz)
    bringing.bring(run=run, by=beatriz, numbers=None)
    paths = [f"/desk/library/bring/{run.key}/", f"/desk/library/bring/{run.key}/report.csv"]
    assert all(MARK in page(desk, path) for path in paths)

    sealing.seal(contribution=Resource.objects.get(title=cells["title"]))

    for path in paths:
        assert MARK not in page(desk, path)
        assert "Quokka tea" in page(desk, path)


def test_a_collection_that_waits_shows_hosts_no_sealed_record(desk, amina):
    row = shelved(f"{MARK} evenings")
    shelf = shelving.make_shelf(by=amina, title="For us", words="", language="en")
    shelving.put_on(shelf=shelf, resource=row, by=amina, comment=f"{MARK} is good")
    assert MARK in page(desk, "/desk/library/collections/")

    sealing.seal(contribution=row)

    assert MARK not in page(desk, "/desk/library/collections/")
    assert "For us" in page(desk, "/desk/library/collections/")


def test_broken_links_of_a_sealed_record_are_not_shown(desk):
    row = shelved("Song and dance", url=f"https://example.org/{MARK}")
    mark = rules.mark_of(row.url)
    LinkCheck.objects.create(url=row.url, mark=mark, host="example.org", state="gone")
    assert MARK in page(desk, "/desk/library/links/")

    sealing.seal(contribution=row)

    assert MARK not in page(desk, "/desk/library/links/")


@pytest.mark.parametrize("act", [sealing.hold_for_reports, sealing.withdraw_sealed, "withdraw"])
def test_who_wrote_beside_a_record_reads_its_title_no_more(amina, beatriz, act):
    row = shelved(f"{MARK} evenings")
    rung = write_rung(
        resource=row, length="sentence", text="Ask the elders.", language="en", by=amina
    )
    member, path = cast.signed_in(Client(), amina), f"/library/offered/rung/{rung.pk}/"
    assert MARK in page(member, path)

    if act == "withdraw":
        withdraw(contribution=row, by=beatriz)
    else:
        act(contribution=row)

    answer = member.get(path)
    assert MARK.casefold() not in answer.content.decode().casefold()
    taken = member.post(path)
    assert MARK.casefold() not in taken.headers.get("Location", "").casefold()


@pytest.mark.parametrize("act", [sealing.seal, "withdraw"])
def test_a_word_about_a_record_that_has_not_gone_goes_no_more(amina, beatriz, act):
    row = shelved("Song and dance")
    Resource.objects.filter(pk=row.pk).update(author=amina)
    row = Resource.objects.get(pk=row.pk)
    word = depositing.say(resource=row, body=f"Is {MARK} a child?", by=beatriz)
    following.pass_word_on(word_pk=word.pk)
    assert OutgoingMail.objects.filter(state="queued", text__contains=MARK).exists()

    withdraw(contribution=row, by=beatriz) if act == "withdraw" else act(contribution=row)

    assert not OutgoingMail.objects.exclude(state="dropped").filter(text__contains=MARK).exists()


def test_files_that_were_never_sent_leave_with_their_member(amina):
    upload = SimpleUploadedFile("words.txt", b"Words of a group.")
    file = files.keep(upload=upload, by=amina, draft_key="k1", name="words.txt")
    assert store.exists(file.store_key)

    dossier.erase(amina)

    assert File.objects.get(pk=file.pk).state == File.State.GONE


@pytest.mark.parametrize("path", ["kin", "checked"])
def test_what_hosts_alone_may_do_asks_for_their_second_factor(record, path, beatriz):
    new_host = cast.signed_in(Client(), cast.person("Femi", hosting_since=now()))
    host = cast.signed_in(Client(), beatriz)
    said = {"how": "superseded_by", "which": ""}

    answer = new_host.post(f"/library/{record.pk}/{path}/", said)
    assert answer.headers["Location"] == "/me/security/why/?next=%2Fdesk%2F"
    assert host.post(f"/library/{record.pk}/{path}/", said)["Location"] == record.get_absolute_url()

"""All that people wrote beside a record, and what stands in its file, leaves with it: from pages
a visitor has seen before, from memory, search, lists, files and the harvesters' door.
Read by pytest alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.core import freshness
from exchange.core.time import now
from exchange.ledger import worker
from exchange.library.files import actions as files
from exchange.library.ladder.actions import write_rung
from exchange.library.models import File, GiveBack, Resource
from exchange.library.practice import actions as practice
from exchange.library.shelving import actions as shelving
from exchange.members.models import Member
from tests import cast
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db
# What is looked for, and what stands beside it in every text and is asked for.
MARK, ASKED = "zebrafinch", "quokkatea"


@dataclass
class Beside:
    """A record with words of every sort beside it, and the addresses that show them."""

    row: Resource
    file: File
    host: Member
    pages: list[str]

    def showing(self, client: Client) -> list[str]:
        """Asked twice: the second answer may come from memory."""
        found = []
        for path in self.pages:
            client.get(path)
            answer = client.get(path)
            body = answer.getvalue().decode(errors="replace")
            if answer.status_code == 200 and MARK in body:
                found.append(path)
        return found


@pytest.fixture
def beside(beatriz: Member, amina: Member) -> Beside:
    row = shelved("Meetings in the shade", types=("study",), evidence="research")
    words = {"language": "en", "by": beatriz}
    write_rung(resource=row, length="sentence", text=f"The {MARK} {ASKED} rung helps.", **words)
    practice.offer_advice(resource=row, text=f"Try {MARK} {ASKED} advice.", where="p. 1", **words)
    told = GiveBack(
        resource=row, communities="groups", how=f"A {MARK} {ASKED} meeting.", form="meeting"
    )
    practice.tell_give_back(row=told, by=beatriz)
    use = practice.say_used(resource=row, by=amina, how="tried")
    practice.say_in_words(
        row=use, by=amina, body=f"Our {MARK} {ASKED} evenings worked.", language="en"
    )
    shelf = shelving.make_shelf(by=beatriz, title="Ours", words="", language="en")
    for one in (shelf, shelving.shelf_of_hub(hub="east-africa", by=beatriz)):
        shelving.put_on(shelf=one, resource=row, by=beatriz, comment=f"Good for {MARK} {ASKED}.")
    text = f"A guide\n\nThe {MARK} {ASKED} evenings began in the shade of a tree.\n" * 9
    upload = SimpleUploadedFile("a.txt", text.encode())
    file = files.keep(upload=upload, by=beatriz, resource=row, name="a.txt", label=f"{MARK} text")
    worker.run_until_idle()
    page, library = row.get_absolute_url(), f"/library/{row.pk}"
    pages = [
        *(page, f"{page}read/", f"{page}read/1/", f"{page}read/file-{file.pk}/1/"),
        *(f"{library}/{name}/" for name in ("short", "given-back", "use", "advice", "collect")),
        *(f"{page}cite.{form}" for form in ("ris", "bib", "json", "jsonld", "xml", "linkset")),
        *(f"/library/export/{form}/" for form in ("csv", "ris", "bib", "json")),
        *(shelf.get_absolute_url(), "/library/hubs/east-africa/", "/library/collections/"),
        *("/library/", "/", f"/search/?q={ASKED}", f"/search/?q={ASKED}+evenings+began+in+the"),
        *(f"/search/suggest?q={MARK[:5]}", f"/search/similar?text={ASKED}", "/me/", "/people/"),
        f"/library/add/similar?text={ASKED}",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
        file.get_absolute_url(),
    ]
    return Beside(Resource.objects.get(pk=row.pk), file, beatriz, pages)


@pytest.mark.parametrize("act", ["withdraw", "seal", "hold"])
def test_words_beside_a_record_leave_with_it(
    beside: Beside, act: str, django_capture_on_commit_callbacks
) -> None:
    visitor, femi = Client(), cast.person("Femi", welcomed_at=now())
    member = cast.signed_in(Client(), femi)
    assert len(beside.showing(visitor)) > 9
    assert len(beside.showing(member)) > 9
    etag = visitor.get(beside.file.get_absolute_url()).headers["ETag"]
    before = freshness.stamp()

    with django_capture_on_commit_callbacks(execute=True):
        if act == "withdraw":
            withdraw(contribution=beside.row, by=beside.host)
        else:
            (sealing.seal if act == "seal" else sealing.hold_for_reports)(contribution=beside.row)
    assert freshness.stamp() != before
    # Before the worker has done anything a word may still complete a search, and no more.
    at_once = [*beside.showing(visitor), *beside.showing(member)]
    assert [path for path in at_once if "suggest" not in path] == []
    worker.run_until_idle()

    assert beside.showing(visitor) == beside.showing(member) == []
    path = beside.file.get_absolute_url()
    for asked in ({"HTTP_IF_NONE_MATCH": etag}, {"HTTP_RANGE": "bytes=0-9"}, {}):
        assert visitor.get(path, **asked).status_code == 404
        assert visitor.head(path, **asked).status_code == 404


def test_a_file_taken_away_leaves_every_page_of_its_record(
    beside: Beside, django_capture_on_commit_callbacks
) -> None:
    text = "began in the shade of a tree"
    page = beside.row.get_absolute_url()
    visitor = Client()
    assert text in visitor.get(f"{page}read/1/").content.decode()
    assert "in the text" in visitor.get(f"/search/?q={ASKED}+evenings+began").content.decode()
    etag = visitor.get(beside.file.get_absolute_url()).headers["ETag"]

    with django_capture_on_commit_callbacks(execute=True):
        files.take_away(file=beside.file, by=beside.host)
    assert visitor.get(f"{page}read/1/").status_code == 404
    worker.run_until_idle()

    path = beside.file.get_absolute_url()
    assert visitor.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 404
    assert f"{MARK} text" not in visitor.get(page).content.decode()
    assert beside.file.key not in visitor.get(f"{page}cite.jsonld").content.decode()
    assert "in the text" not in visitor.get(f"/search/?q={ASKED}+evenings+began").content.decode()

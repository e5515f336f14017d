"""Files of a group: cleaned, for those inside alone, gone from disk when they are taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.core import cleaning
from exchange.hubs.models import Kept, Paper
from exchange.hubs.working import files
from exchange.ledger import worker

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Who came: forty people.\n".encode("utf-16")


def sent(name: str = "who came.txt", content: bytes = WORDS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def place(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "groups"


@pytest.fixture
def file(group, amina, place, browser) -> Paper:
    answer = browser(amina).post("/hubs/nairobi/files/new/", {"file": sent(), "title": "List"})
    row: Paper = Paper.objects.get(kind="file")
    assert answer.headers["Location"] == row.get_absolute_url()
    return row


def address(file: Paper) -> str:
    kept = files.newest(file)
    return f"/hubs/nairobi/files/{kept.key}/{kept.name}"


def test_a_file_is_cleaned_and_opens_for_those_inside_alone(
    file, amina, grace, chen, beatriz, browser, visitor
) -> None:
    answer = browser(grace).get(address(file))
    assert answer.getvalue() == b"Who came: forty people.\n"
    assert answer.headers["Cache-Control"] == "private, no-store, no-transform"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert "24 B" not in browser(grace).get(file.get_absolute_url()).content.decode()
    for member in (chen, beatriz):
        assert browser(member).get(address(file)).status_code == 404
    assert visitor.get(address(file)).status_code == 302


def test_a_newer_version_leaves_the_earlier_one(file, amina, browser) -> None:
    newer = sent("who came 2.txt", b"Fifty people.\n")
    browser(amina).post(f"{file.get_absolute_url()}version/", {"file": newer})
    assert [kept.version for kept in file.kept.order_by("version")] == [1, 2]
    shown = browser(amina).get(file.get_absolute_url()).content.decode()
    assert "who came 2.txt" in shown
    assert "who came.txt" in shown


def test_taken_away_is_gone_from_disk(file, amina, juma, place, browser) -> None:
    assert len(list(place.glob("??/*"))) == 1
    browser(juma).post(f"/hubs/nairobi/papers/{file.pk}/away/")
    assert Kept.objects.exists()
    browser(amina).post(f"/hubs/nairobi/papers/{file.pk}/away/")
    worker.run_until_idle()
    assert not Kept.objects.exists()
    assert list(place.glob("??/*")) == []


def test_what_is_no_document_and_what_is_too_much_is_refused(
    group, amina, place, browser, monkeypatch
) -> None:
    client = browser(amina)
    program = client.post("/hubs/nairobi/files/new/", {"file": sent("a.pdf", b"MZ" + bytes(90))})
    assert program.status_code == 422
    monkeypatch.setattr(files, "MOST", 10)
    full = client.post("/hubs/nairobi/files/new/", {"file": sent()})
    assert full.status_code == 422
    assert not Paper.objects.filter(kind="file").exists()


def test_without_a_cleaner_nothing_is_taken(group, amina, place, browser, monkeypatch) -> None:
    monkeypatch.setattr(cleaning, "_cleaners", [])
    assert browser(amina).post("/hubs/nairobi/files/new/", {"file": sent()}).status_code == 422
    assert not Paper.objects.exists()


def test_a_guest_sends_nothing(group, grace, place, browser) -> None:
    assert browser(grace).get("/hubs/nairobi/files/new/").status_code == 404

"""Scanned pages are recognised where tesseract is installed, and say that a machine did it.
Run by pytest alone."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from exchange.library.models import Reading
from exchange.library.reading import recognising

pytestmark = pytest.mark.django_db


def scan(*pages: str) -> bytes:
    drawn = []
    for words in pages:
        page = Image.new("L", (1240, 1754), 255)
        for at, line in enumerate(words.split("\n")):
            font = ImageFont.load_default(40)
            ImageDraw.Draw(page).text((110, 200 + 80 * at), line, font=font, fill=0)
        drawn.append(page)
    out = io.BytesIO()
    drawn[0].save(out, "PDF", save_all=True, append_images=drawn[1:], resolution=150)
    return out.getvalue()


def test_a_scan_becomes_text_a_few_pages_at_a_time(record, read, visitor, monkeypatch):
    monkeypatch.setattr(recognising, "PAGES_A_RUN", 1)
    pages = [f"The elders met the girls\nat the river on day {n}" for n in (1, 2)]

    read(record, scan(*pages), "application/pdf", name="scan.pdf")

    reading = Reading.objects.get()
    assert reading.state == Reading.State.READY
    assert reading.quality["recognised"] == [1, 2]
    assert reading.scanned == []
    page = visitor.get(f"/library/{record.pk}-{record.slug}/read/1/").content.decode()
    assert "The elders met the girls" in page
    assert page.count("This page was recognised by a machine from a picture.") == 2
    assert "Picture, page 2" in page


def test_a_language_it_has_not_learned_leaves_the_pictures_alone(record, read):
    assert not recognising.is_possible("zu")
    assert not recognising.is_possible("")


def test_without_it_nothing_happens(record, read, monkeypatch):
    monkeypatch.setattr(recognising.shutil, "which", lambda name: None)

    read(record, scan("The elders met\nthe girls."), "application/pdf", name="scan.pdf")

    assert Reading.objects.get().state == Reading.State.IMAGE_ONLY

"""From a kept file to pages people read: made by the worker, shown with its size, gone with its file.
Run by pytest alone."""

import gzip
import html
import re

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.ledger import worker
from exchange.ledger.actions import record as write_down
from exchange.library.files import store
from exchange.library.models import File, Reading, ReadingFigure, ReadingPart
from exchange.library.reading import actions, making, tree
from tests import cast
from tests.library.reading import papers
from tests.library.reading.papers import para, run

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def gone(kind: str, file: File) -> None:
    File.objects.filter(pk=file.pk).update(state=File.State.GONE)
    with transaction.atomic():
        write_down(kind, subject_type="file", subject_id=file.pk)
    worker.run_until_idle()


def test_a_report_becomes_parts_that_are_read_one_after_another(record, read, visitor):
    read(record, papers.report(paragraphs=60))
    reading = Reading.objects.get()

    assert (reading.state, reading.resource) == (Reading.State.READY, record)
    assert reading.parts_count == reading.parts.count() > 1
    assert reading.size == sum(reading.parts.values_list("size", flat=True))
    assert [one["title"] for one in reading.contents][1:] == [f"Chapter {n}" for n in (1, 2, 3)]
    contents = visitor.get(f"/library/{record.pk}-{record.slug}/read/")
    first = visitor.get(f"/library/{record.pk}-{record.slug}/read/1/")
    last = visitor.get(f"/library/{record.pk}-{record.slug}/read/{reading.parts_count}/")
    assert f"in {reading.parts_count} parts" in text_of(contents)
    assert "<h2" in first.content.decode()
    assert 'rel="next"' in first.content.decode()
    assert 'rel="prev"' not in first.content.decode()
    assert 'rel="next"' not in last.content.decode()
    assert "The original" in text_of(first)


def test_every_first_answer_fits_one_round_trip(record, read, visitor):
    read(record, papers.report(paragraphs=90))

    for part in ReadingPart.objects.all():
        address = f"/library/{record.pk}-{record.slug}/read/{part.number}/"
        page = visitor.get(address, headers={"accept-encoding": "gzip"})
        assert len(page.content) <= 14_000
        assert gzip.decompress(page.content)


def test_the_record_tells_what_reading_here_costs(record, kept, visitor):
    address = record.get_absolute_url()
    kept(record, papers.report())
    assert "being prepared" in text_of(visitor.get(address))

    worker.run_until_idle()

    assert re.search(r"Read here, \d+ kB", text_of(visitor.get(address)))


def test_its_card_says_so_until_a_host_finds_it_too_poor(record, read, visitor, beatriz):
    def card_says_it() -> bool:
        return bool(re.search(r"read here, \d+ kB", text_of(visitor.get("/library/"))))

    read(record, papers.report())
    assert card_says_it()

    reading = Reading.objects.get()
    actions.hide(reading=reading, by=beatriz, hidden=True)
    assert not card_says_it()

    actions.hide(reading=reading, by=beatriz, hidden=False)
    assert card_says_it()
    gone("file.gone", reading.file)
    assert not card_says_it()


@pytest.mark.parametrize(
    ("data", "why", "words"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            *("encrypted", "locked"),
        ),
        (b"PK nothing", "broken", "damaged"),
        (papers.zip_bomb(), "too-large", "too heavy"),
        (papers.docx(), "empty", "no words"),
    ],
)
def test_what_cannot_be_read_says_why_in_kind_words(record, read, visitor, data, why, words):
    file = read(record, data)

    assert (file.reading.state, file.reading.why) == (Reading.State.FAILED, why)
    assert words in text_of(visitor.get(record.get_absolute_url()))
    assert visitor.get(f"/library/{record.pk}-{record.slug}/read/").status_code == 404


def test_a_sound_and_a_picture_have_no_light_view(record, read):
    read(record, b"ID3 music", "audio/mpeg", name="radio.mp3")

    assert not Reading.objects.exists()


def test_asked_twice_it_is_made_once_and_a_newer_program_makes_it_anew(record, read, monkeypatch):
    file = read(record, papers.report())
    first = Reading.objects.get().made_at

    assert actions.prepare(file_id=file.pk) is None
    monkeypatch.setattr(making, "MAKER", making.MAKER + 1)
    settle = actions.prepare(file_id=file.pk)
    assert settle is not None
    with transaction.atomic():
        settle()

    assert Reading.objects.get().made_at > first
    assert ReadingPart.objects.values("reading", "number").distinct().count() == (
        ReadingPart.objects.count()
    )


def test_a_file_that_went_while_it_was_read_leaves_nothing(record, kept):
    file = kept(record, papers.docx(para(run("Words."), papers.DRAWING)))
    settle = actions.prepare(file_id=file.pk)
    assert settle is not None
    File.objects.filter(pk=file.pk).update(state=File.State.GONE)

    with transaction.atomic():
        settle()

    assert not Reading.objects.exists()
    assert list(store._store().keys("figures", 9e12)) == []


def test_pictures_open_when_asked_for_with_their_size_and_stay_in_their_box(record, read, visitor):
    read(record, papers.docx(para(run("Words before."), papers.DRAWING)))
    figure = ReadingFigure.objects.get()
    page = visitor.get(f"/library/{record.pk}-{record.slug}/read/1/").content.decode()

    assert "<img" not in page.partition('class="book"')[2].partition("</article>")[0]
    assert f'href="/library/figures/{figure.key}.webp"' in page
    assert "Picture, " in page
    assert "Women under a tree" in page
    answer = visitor.get(f"/library/figures/{figure.key}.webp")
    assert answer.content[:4] == b"RIFF"
    assert len(answer.content) == figure.size
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = visitor.get(
        f"/library/figures/{figure.key}.webp", headers={"if-none-match": answer["ETag"]}
    )
    assert again.status_code == 304


def addresses(record, figure: ReadingFigure) -> list[str]:
    read_at = f"/library/{record.pk}-{record.slug}/read/"
    return [
        *(read_at, f"{read_at}1/", f"{read_at}1/problem/"),
        f"/library/figures/{figure.key}.webp",
    ]


@pytest.mark.parametrize("act", ["withdraw", "seal", "hold", "file gone", "not let out"])
def test_nothing_of_it_is_seen_once_its_record_or_file_is_not(
    record, read, visitor, beatriz, act, django_capture_on_commit_callbacks
):
    file = read(record, papers.docx(para(run("Words before."), papers.DRAWING)))
    figure = ReadingFigure.objects.get()
    assert {visitor.get(one).status_code for one in addresses(record, figure)} == {200}

    if act == "withdraw":
        withdraw(contribution=Contribution.objects.get(pk=record.pk), by=beatriz)
    elif act == "seal":
        sealing.seal(contribution=Contribution.objects.get(pk=record.pk))
    elif act == "hold":
        sealing.hold_for_reports(contribution=Contribution.objects.get(pk=record.pk))
    elif act == "file gone":
        with django_capture_on_commit_callbacks(execute=True):
            gone("file.gone", file)
        assert not ReadingFigure.objects.exists()
        assert not store.exists(f"figures/{figure.key}")
    else:
        File.objects.filter(pk=file.pk).update(let_out_at=None)

    assert {visitor.get(one).status_code for one in addresses(record, figure)} == {404}
    if act == "seal":
        host = cast.signed_in(Client(), beatriz)
        assert {host.get(one).status_code for one in addresses(record, figure)} == {404}


def test_two_files_have_a_light_view_each_in_their_order(record, read, visitor):
    read(record, papers.docx(para(run("English words here."))), label="English")
    second = read(
        record,
        papers.docx(para(run("Maneno ya Kiswahili hapa."))),
        label="Kiswahili",
        language="sw",
    )
    read_at = f"/library/{record.pk}-{record.slug}/read/"

    assert "English words" in text_of(visitor.get(f"{read_at}1/"))
    other = visitor.get(f"{read_at}file-{second.pk}/1/")
    assert "Maneno ya Kiswahili" in text_of(other)
    assert '<article class="book" lang="sw"' in other.content.decode()
    assert f"{read_at}file-{second.pk}/" in visitor.get(read_at).content.decode()


def test_arabic_runs_from_the_right(record, read, visitor):
    words = "الأطفال في القرية يتكلمون مع الكبار عن ما يخافون منه كل يوم " * 5
    read(record, papers.docx(para(run(words))))

    page = visitor.get(f"/library/{record.pk}-{record.slug}/read/1/").content.decode()
    assert '<article class="book" lang="ar" dir="rtl">' in page


def test_an_older_slug_leads_to_the_address_of_now(record, read, visitor):
    read(record, papers.report())

    answer = visitor.get(f"/library/{record.pk}-other/read/1/")
    assert (answer.status_code, answer["Location"]) == (
        *(302,),
        f"/library/{record.pk}-{record.slug}/read/1/",
    )
    assert visitor.get(f"/library/{record.pk}-{record.slug}/read/99/").status_code == 404


def test_the_command_reads_what_was_not_read_and_again_when_told(record, kept, capsys):
    kept(record, papers.report())

    call_command("read")
    assert "ready, 0 pages" in capsys.readouterr().out
    call_command("read")
    assert "There is nothing to read." in capsys.readouterr().out
    call_command("read", "--again")
    assert "ready, 0 pages" in capsys.readouterr().out


def test_the_record_asks_for_few_things_however_many_files_there_are(record, read, visitor):
    address = record.get_absolute_url()
    read(record, papers.docx(para(run("One."))))
    with CaptureQueriesContext(connection) as one:
        visitor.get(address)
    read(record, papers.docx(para(run("Two."))))
    with CaptureQueriesContext(connection) as two:
        visitor.get(address)

    assert len(two) <= len(one)


def test_a_scan_shows_its_pages_as_pictures():
    pages = [
        block
        for n in (1, 2, 3)
        for block in ({"type": "page", "number": n}, {"type": "figure", "id": f"f{n}"})
    ]
    webp = b"RIFF\0\0\0\0WEBP"
    figures = [
        {"id": f"f{n}", "page": n, "width": 9, "height": 9, "bytes": len(webp)} for n in (1, 2, 3)
    ]
    told = {"pages": 3, "blocks": pages, "figures": figures, "quality": {"scanned": [1, 2, 3]}}

    made = making.of_tree(tree.checked(told, webp * 3), "en")

    assert made.state == Reading.State.IMAGE_ONLY
    assert len(made.figures) == 3
    assert made.parted.parts

"""All that stays of an hour as one record, made anew and taken away with it. Run by pytest."""

import zipfile

import pytest

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.ledger import worker
from exchange.library.entering.actions import of_source
from exchange.library.files import store
from exchange.library.models import File
from exchange.webinars import live
from exchange.webinars.after import booklet, entering, summing
from exchange.webinars.after.booklet import Chapter, Picture
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Line, Slide
from exchange.webinars.planning import team


@pytest.fixture
def summed(over, presenter, beatriz):
    Slide.objects.create(
        webinar=over,
        number=1,
        title="Three doors",
        text="Who opens them?",
        seen_at=now(),
        shown_at=now(),
    )
    Slide.objects.create(webinar=over, number=2, title="Never put before anybody", seen_at=now())
    row = summing.begin(webinar=over)
    row = summing.write(
        webinar=over,
        text="It went well.",
        takeaways="Begin with tea",
        by=beatriz,
        version=row.version,
    )
    summing.let_out(webinar=over, by=beatriz, version=row.version)
    return over


def words_of(record) -> str:
    [file] = File.objects.filter(resource_id=record.pk, state="kept")
    with store.opened(file.store_key) as raw, zipfile.ZipFile(raw) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "xhtml" in name)


def test_one_step_makes_one_record_with_all_of_it(summed, beatriz, visitor):
    record = entering.enter_record(webinar=summed, by=beatriz)
    worker.run_until_idle()

    page = visitor.get(record.get_absolute_url()).content.decode()
    assert "It went well." in page
    assert "Femi" in page
    said = words_of(record)
    for words in ("Begin with tea", "When do they come?", "Field: 12", "Three doors", "Tea helps."):
        assert words in said
    assert "taken back" not in said
    assert "Never shown" not in said
    assert "Never put before" not in said


def test_neither_a_member_nor_a_host_before_the_summary_makes_one(over, summed, amina, beatriz):
    with pytest.raises(NotAllowed):
        entering.enter_record(webinar=summed, by=amina)
    over.summary_row.state = "draft"
    over.summary_row.save()
    with pytest.raises(NotNow):
        entering.enter_record(webinar=over, by=beatriz)


def test_a_line_that_is_taken_back_leaves_the_record_too(summed, beatriz):
    record = entering.enter_record(webinar=summed, by=beatriz)
    line = Line.objects.get(text="Tea helps.")
    Line.objects.filter(pk=line.pk).update(state=Line.State.HIDDEN)
    live.actions.empty(webinar_id=summed.pk, item=line.item)
    worker.run_until_idle()

    assert "Tea helps." not in words_of(record)


def test_a_presenter_who_leaves_is_not_named_by_it_any_more(summed, presenter, femi, beatriz):
    record = entering.enter_record(webinar=summed, by=beatriz)
    assert "Femi" in of_source(summed).authors
    team.answer_presenter(presenter=presenter, agrees=False)
    worker.run_until_idle()

    assert "Femi" not in of_source(summed).authors
    assert of_source(summed).pk == record.pk


def test_it_goes_when_the_hour_goes(summed, beatriz, visitor):
    record = entering.enter_record(webinar=summed, by=beatriz)
    withdraw(contribution=summed, by=beatriz)
    worker.run_until_idle()

    assert visitor.get(record.get_absolute_url()).status_code == 404


def test_it_is_sealed_and_comes_back_with_the_hour(summed, beatriz):
    record = entering.enter_record(webinar=summed, by=beatriz)
    visible = Contribution.objects.visible_to(None).filter(pk=record.pk)
    sealing.seal(contribution=summed)
    worker.run_until_idle()
    assert not visible.exists()
    sealing.unseal(contribution=summed)
    worker.run_until_idle()
    assert visible.exists()


def test_the_book_is_the_same_bytes_for_the_same_hour_and_its_first_entry_names_its_sort():
    chapters = (
        Chapter("One <b>", "en", (("p", "a & b"), ("li", "x"), ("li", "y"))),
        Chapter("المقدمة", "ar", (Picture(b"RIFF", "a tree"), ("h2", "z"))),
    )
    asked = {"title": "T", "language": "en", "identifier": "https://x.example/1"}
    book = booklet.write(**asked, chapters=chapters)

    assert book == booklet.write(**asked, chapters=chapters)
    assert book[30:58] == b"mimetypeapplication/epub+zip"
    assert b"One &lt;b&gt;" not in book  # compressed

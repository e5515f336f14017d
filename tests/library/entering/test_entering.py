"""A record that another room hands over: made once, changed after, its files those enclosed.
Run by pytest."""

from dataclasses import replace

import pytest

from exchange.contributions import catalogue
from exchange.contributions.actions import submit
from exchange.contributions.catalogue import Enclosed, Entry
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.conversation.models import Reply
from exchange.library.entering.actions import of_source
from exchange.library.models import File, Use


@pytest.fixture
def source(beatriz):
    content = Content(title="Talking with fathers", body="An hour.", topics=("ethics",))
    return submit(kind="discussion", content=content, author=beatriz)


@pytest.fixture
def entry(source, tmp_path):
    words = tmp_path / "the-hour.txt"
    words.write_text("What was said in the hour about fathers.\n" * 20)
    return Entry(
        title=source.title,
        summary="Fathers come when other fathers ask them.",
        language="en",
        source=source,
        made_by=("Amina",),
        year=2026,
        month=11,
        types=("webinar",),
        hubs=("east-africa",),
        files=(Enclosed(words, "What was said", "en"),),
    )


def test_a_host_makes_a_record_with_its_files_in_one_step(entry, beatriz, visitor):
    record = catalogue.the().enter(entry, beatriz)

    row = of_source(entry.source)
    assert (row.pk, row.year, row.types, row.useful_for) == (
        record.pk,
        2026,
        "webinar",
        "east-africa",
    )
    assert row.topic_slugs == ["ethics"]
    [file] = File.objects.filter(resource=row)
    assert (file.label, file.is_out) == ("What was said", True)
    assert "Fathers come" in visitor.get(row.get_absolute_url()).content.decode()


def test_a_member_who_is_no_host_makes_none(entry, amina):
    with pytest.raises(NotAllowed):
        catalogue.the().enter(entry, amina)
    assert of_source(entry.source) is None


def test_handed_over_again_it_is_the_same_record_with_the_newer_words_and_files(
    entry, beatriz, tmp_path
):
    first = catalogue.the().enter(entry, beatriz)
    newer = tmp_path / "newer.txt"
    newer.write_text("Without the line that was taken back.\n" * 20)

    again = replace(entry, summary="Shorter.", files=(Enclosed(newer, "What was said"),))
    second = catalogue.the().enter(again, beatriz)

    assert second.pk == first.pk
    assert of_source(entry.source).body == "Shorter."
    kept = File.objects.filter(resource_id=first.pk, state="kept")
    assert [file.name for file in kept] == ["newer.txt"]


def test_a_document_of_the_same_title_is_another_record(entry, beatriz):
    other = replace(
        entry, source=submit(kind="idea", content=Content(title="X", body="Y"), author=beatriz)
    )

    assert catalogue.the().enter(entry, beatriz).pk != catalogue.the().enter(other, beatriz).pk


def test_a_use_said_elsewhere_stands_beside_the_record_with_its_words(entry, beatriz, amina):
    record = catalogue.the().enter(entry, beatriz)
    catalogue.the().say_used(record, amina, "tried", "We asked three fathers to begin.")

    use = Use.objects.get(resource_id=record.pk, by=amina)
    assert (use.how, use.reply.body) == ("tried", "We asked three fathers to begin.")
    assert Reply.objects.filter(contribution_id=record.pk).count() == 1

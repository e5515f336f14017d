"""Every library begins with the two founding documents: readable, in short, with their advice.
Read by pytest alone."""

from typing import Any

import pytest
from django.test import Client

from exchange.core import gates
from exchange.ledger import worker
from exchange.library import founding
from exchange.library.ladder.forms import MOST_CHARACTERS
from exchange.library.models import File, Reading, Recommendation, Resource, Rung
from exchange.project import starter

pytestmark = pytest.mark.django_db

COMMUNIQUE = "Communiqué: Interagency Learning Initiative"


@pytest.fixture
def communique() -> Resource:
    starter.load()
    return Resource.objects.get(title__startswith=COMMUNIQUE)


def test_the_documents_are_there_to_read_and_in_short(
    communique: Resource, visitor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        worker.run_until_idle()

    assert Reading.objects.filter(state=Reading.State.READY).count() == 2
    page = visitor.get(communique.get_absolute_url()).content.decode()
    assert "let communities lead" in page
    assert "Read here" in page
    assert "5 more" in page
    short = visitor.get(f"/library/{communique.pk}/short/").content.decode()
    assert "written by The hosts of the Exchange" in short


def test_nothing_is_left_of_who_made_the_files(communique: Resource) -> None:
    assert [one.taken_out for one in File.objects.all()] == [["metadata"], ["metadata"]]


def test_each_has_one_sentence_in_every_language_of_the_house(communique: Resource) -> None:
    spoken = Rung.objects.filter(resource=communique, length="sentence")

    assert sorted(spoken.values_list("language", flat=True)) == ["ar", "en", "es", "fr", "pt", "sw"]


def test_what_can_be_read_here_stands_first_on_the_shelf(
    communique: Resource, visitor: Client
) -> None:
    assert visitor.get("/library/").context["cards"][0].title == communique.title


def test_loading_again_brings_nothing_twice(communique: Resource) -> None:
    def count() -> tuple[int, ...]:
        return tuple(one.objects.count() for one in (File, Rung, Recommendation))

    before = count()

    assert founding.load() == 0
    assert count() == before == (2, 15, 8)


def test_a_gate_that_does_not_pass_keeps_the_words_out(
    communique: Resource, monkeypatch: pytest.MonkeyPatch
) -> None:
    File.objects.all().delete()
    held = gates.Verdict(gates.Outcome.HOLD)
    monkeypatch.setattr(gates, "judge", lambda submission: held)

    founding.load()

    assert Rung.objects.count() == Recommendation.objects.count() == 0


def test_the_short_versions_are_as_short_as_everybodys() -> None:
    for entry in founding.entries():
        for length in ("sentence", "message"):
            for text in entry[length].values():
                assert len(text) <= MOST_CHARACTERS[length]

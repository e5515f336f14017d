"""The starter content: all of it, once, and spread over days.
Read by pytest alone."""

import io

import pytest
from django.core.management import call_command

from exchange.contributions.models import Contribution
from exchange.library.models import Resource
from exchange.project.starter import load

pytestmark = pytest.mark.django_db


def test_the_real_library_and_the_hosts_questions_are_there() -> None:
    loaded = load()

    assert (loaded.records, Resource.objects.listed().count()) == (257, 257)
    assert loaded.openings == Contribution.objects.listed().exclude(kind="resource").count() == 28


def test_loading_again_changes_nothing() -> None:
    load()
    before = list(Contribution.objects.order_by("pk").values())

    out = io.StringIO()
    call_command("load_starter", stdout=out)

    assert list(Contribution.objects.order_by("pk").values()) == before
    assert "everything was here already" in out.getvalue()


def test_the_newest_of_the_list_speak_several_languages() -> None:
    load()

    rows = Contribution.objects.listed().exclude(kind="resource").newest()[:8]

    assert len({row.language for row in rows}) >= 3
    assert len({row.published_at for row in rows}) == 8


def test_the_newest_records_can_be_opened_and_are_described() -> None:
    load()

    newest = Resource.objects.listed().newest()[:5]

    assert all(row.link_kind != "mirror" and row.summary and row.year for row in newest)

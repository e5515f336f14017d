"""The shell: the look's two files, the marks, numbers and moments in words, languages.
Read by pytest alone."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from exchange.core import shell, words
from exchange.core.icons import ICONS
from exchange.core.languages import INTERFACE
from exchange.core.look import MADE, SOURCE, minified
from exchange.core.packing import packed

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_the_small_sheet_is_made_from_the_written_one() -> None:
    assert MADE.read_text() == minified(SOURCE.read_text())


def test_the_sheet_and_the_script_stay_small() -> None:
    script = SOURCE.with_name("exchange.js").read_bytes()

    assert len(gzip.compress(MADE.read_bytes(), 6)) <= 3200
    assert len(gzip.compress(script, 6)) <= 3000


def test_every_mark_is_small() -> None:
    assert {name: len(drawn) for name, drawn in ICONS.items() if len(drawn) > 300} == {}


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=13), "13 days ago"),
        (timedelta(days=20), "2 weeks ago"),
        (timedelta(days=40), "11 October"),
        (timedelta(days=400), "16 October 2025"),
        (timedelta(days=-13), "3 December"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_moments_are_said_as_people_say_them(ago: timedelta, told: str) -> None:
    assert words.ago(NOON - ago) == told


@time_machine.travel(NOON, tick=False)
def test_moments_are_said_in_six_languages() -> None:
    told = {code: words.ago(NOON - timedelta(days=2), code) for code in INTERFACE}

    assert told == {
        "en": "2 days ago",
        "fr": "il y a 2 jours",
        "sw": "siku 2 zilizopita",
        "ar": "قبل يومين",
        "es": "hace 2 días",
        "pt": "há 2 dias",
    }


def test_numbers_have_the_reader_s_separators() -> None:
    assert words.number(12345, "en") == "12,345"
    assert words.number(12345, "fr") == "12\u202f345"


def test_the_same_page_is_offered_in_six_languages() -> None:
    found = shell.tongues("fr", "/questions/", "topic=x")

    assert [(one.code, one.url, one.is_current) for one in found][:3] == [
        ("en", "/questions/?topic=x", False),
        ("fr", "/fr/questions/?topic=x", True),
        ("sw", "/sw/questions/?topic=x", False),
    ]


@pytest.mark.parametrize("language", INTERFACE)
def test_every_way_of_the_shell_leads_somewhere(language: str) -> None:
    shell.ways.cache_clear()
    shell.links.cache_clear()

    with override(language):
        assert all(shell.links(language).values())
        assert len(shell.ways(language, shell._MAIN)) == len(shell._MAIN)
        assert len(shell.ways(language, shell._MORE)) == len(shell._MORE)


@pytest.mark.django_db
def test_a_page_names_itself_and_its_translations(visitor: Client, settings: object) -> None:
    page = visitor.get("/ar/help-now/?from=x").content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert '<link rel="canonical" href="http://testserver/ar/help-now/">' in page
    assert 'hreflang="en" href="http://testserver/help-now/"' in page
    assert '<a href="/sw/help-now/?from=x" lang="sw"' in page


def test_packing_writes_the_size_once_at_the_last_mark() -> None:
    page = b"somebody typed ~size~ here" + b" words" * 3000 + b"used ~size~ kB"

    body = packed(page, mark=b"~size~", around=500, noisy=True)

    assert gzip.decompress(body) == page[:-9].removesuffix(b"~size") + b"1 kB"

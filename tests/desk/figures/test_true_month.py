"""The figures tell a month truly: every number of a known October, on pages, in files, in the report.
Run by pytest alone."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.desk.figures import queries
from exchange.desk.figures.actions import count_months
from exchange.desk.models import MonthFigure
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from tests import cast
from tests.desk.figures.comparing import now_and_before, numbers, read, shown
from tests.desk.figures.conftest import AFTER, BEGIN, answers, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]
MONTH = "2026-10"

ANSWERS = {
    "Questions asked": ("8", "1"),
    "by hosts": ("0", "0"),
    "with an answer today": ("62", "0"),
    "answered within 72 hours": ("38", "0"),
    "left alone for 72 hours": ("62", "100"),
    "without an answer to this day": ("38", "100"),
    # 2, 10, 20 and 80 hours, and then Amina's: the fourth of eight.
    "half had an answer within": ("80.00", ""),
    "nine of ten had one within": ("", ""),
    "“This answered my question”": ("1", "0"),
    # One of them by somebody who has left since; what was taken back is none.
    "Answers written": ("5", "0"),
    "of them by hosts": ("20", ""),
    "“This helped”": ("1", "0"),
}
PEOPLE = {
    # Six from Uganda, five from Tanzania, Amina, Chen.
    "People who contributed": ("13", "1"),
    "for the first time": ("12", "1"),
    "again": ("1", "0"),
    "asked": ("8", "1"),
    "answered": ("2", "0"),
    "shared something else": ("6", "0"),
    "said that something helped": ("1", "0"),
    "said that they used a record": ("1", "0"),
    "presented": ("0", "0"),
    "Hosts, beside them": ("1", "0"),
}


def test_questions_and_answers_are_told_as_they_were(desk, october):
    assert now_and_before(desk, "answers", MONTH) == ANSWERS


def test_people_are_told_as_they_were(desk, october):
    assert now_and_before(desk, "people", MONTH) == PEOPLE


def test_the_page_says_what_the_file_says(desk, october):
    page = shown(desk, "answers", MONTH)["answers"]

    assert page["Questions asked"] == ["8", "1"]
    assert page["with an answer today"] == ["62 %", "0 %"]
    assert page["half had an answer within"] == ["3 days", "not yet"]
    assert page["nine of ten had one within"] == ["not yet", "not yet"]
    assert set(page) == set(ANSWERS)


def test_the_other_rooms_are_told_as_they_were(desk, october):
    month = {
        slug: {label: now for label, (now, _before) in now_and_before(desk, slug, MONTH).items()}
        for slug in ("library", "webinars", "newsletters", "mail", "hosts", "safeguarding")
    }

    assert month["library"]["Records added"] == "1"
    assert month["library"]["“We used this”"] == "1"
    assert month["library"]["tried it"] == "1"
    assert month["library"]["read it"] == "0"
    assert month["webinars"] == {
        "Webinars held": "1",
        "People registered": "5",
        "People who came": "3",
        "Questions asked": "0",
        "Questions answered": "0",
        "Recordings released": "0",
        "Summaries published": "0",
    }
    assert month["newsletters"]["Letters sent"] == "4"
    assert month["newsletters"]["delivered"] == "3"
    assert month["newsletters"]["came back"] == "1"
    assert month["newsletters"]["not sent, at the last look"] == "1"
    assert month["mail"]["Mails sent"] == str(_mails("sent", "bounced"))
    assert month["hosts"] == {
        "Decisions": "1",
        "half waited no longer than": "24.00",
        "nine of ten no longer than": "24.00",
    }
    assert month["safeguarding"] == {"Reports received": "1", "Cases": "1", "of them opened": "0"}


def test_by_country_and_language_nobody_can_be_told_from_the_others(desk, october):
    people = numbers(desk, "people-by-country", MONTH)
    assert people == {
        "Uganda": {"People": "6", "unit": "number"},
        # Five of them, but then Amina and Chen could be worked out.
        "Tanzania": {"People": "not told", "unit": "number"},
        "Kenya": {"People": "not told", "unit": "number"},
        "not said": {"People": "not told", "unit": "number"},
    }

    asked = numbers(desk, "answers-by-language", MONTH)
    # One question in Swahili: the number of the others stays away as well.
    assert {row["Questions asked"] for row in asked.values()} == {"not told"}
    assert set(asked) == {"English", "Swahili"}


def test_what_is_kept_is_what_is_counted(desk, october):
    live = {slug: numbers(desk, slug, code) for slug, code in _some()}
    assert MonthFigure.objects.count() == 0

    # From August, when the year and its quarters were not over: September and October.
    assert count_months() == 3
    kept = {slug: numbers(desk, slug, code) for slug, code in _some()}

    assert MonthFigure.objects.filter(month=BEGIN.date().replace(day=1)).exists()
    assert kept == live


def test_the_worker_counts_a_little_at_a_time(october):
    assert [count_months(seconds=0) for _n in range(4)] == [1, 1, 1, 0]


def test_what_is_withdrawn_or_answered_later_is_so_at_the_next_count(desk, october):
    count_months()
    withdraw(contribution=october.questions[5], by=october.ugandans[5])
    answers(october.amina, october.questions[4])
    assert now_and_before(desk, "answers", MONTH)["Questions asked"] == ("8", "1")

    assert count_months() == 0
    with at(AFTER + timedelta(days=1)):
        assert count_months() == 3
        told = now_and_before(desk, "answers", MONTH)

    assert told["Questions asked"] == ("7", "1")
    assert told["with an answer today"] == ("86", "0")
    assert told["answered within 72 hours"] == ("43", "0")


def test_months_older_than_thirteen_stay_as_they_were_counted(desk, october):
    count_months()
    with at(BEGIN + timedelta(days=500)):
        withdraw(contribution=october.questions[5], by=october.ugandans[5])
        count_months()
        queries.forget()
        # The session of the host has run out by then.
        desk = cast.signed_in(Client(), Member.objects.get(display_name="Desta"))

        assert now_and_before(desk, "answers", MONTH)["Questions asked"] == ("8", "1")


def test_quarter_year_and_any_months_add_up(desk, october):
    quarter = now_and_before(desk, "answers", "2026-q4")
    two = now_and_before(desk, "answers", "2026-09..2026-10")
    year = now_and_before(desk, "people", "2026")

    assert quarter["Questions asked"] == ("9", "1")
    assert two["Questions asked"] == ("9", "0")
    # Amina and the first of Uganda are in two of its months, and count once.
    assert year["People who contributed"] == ("13", "0")
    assert year["again"] == ("0", "0")


def test_the_report_and_its_text_say_the_same(desk, october):
    page = desk.get("/desk/figures/report/", {"period": MONTH}).content.decode()

    for words in (
        "People who contributed: 13 (September 2026: 1)",
        "Questions asked: 8 (September 2026: 1)",
        "Questions with an answer: 62 % (September 2026: 0 %)",
        "Half had an answer within: 3 days (September 2026: not yet)",
        "Experiences shared: 1 (September 2026: 0)",
    ):
        assert words in page
    assert page.count("<svg role=") == 3
    # Neither a name nor a word of anybody.
    assert "Amina" not in page
    assert "What helped you begin" not in page


def test_all_tables_in_one_file_are_the_tables(desk, october):
    answer = desk.get("/desk/figures/all.zip", {"period": MONTH})
    archive = zipfile.ZipFile(io.BytesIO(answer.content))

    names = archive.namelist()
    assert len(names) == len(set(names)) > 20
    assert read(archive.read("answers.csv")) == numbers(desk, "answers", MONTH)
    assert "answers.csv: Questions and their answers" in archive.read("how-counted.txt").decode()


def test_pretended_people_count_only_where_nobody_else_wrote(desk, october):
    Contribution.objects.filter(pk=october.questions[3].pk).update(is_demo=True)
    type(october.amina).objects.filter(pk=october.ugandans[3].pk).update(is_demo=True)

    assert now_and_before(desk, "answers", MONTH)["Questions asked"] == ("7", "1")
    assert now_and_before(desk, "people", MONTH)["People who contributed"] == ("12", "1")
    assert "Pretended people" not in desk.get("/desk/figures/").content.decode()


def _some() -> list[tuple[str, str]]:
    slugs = ("answers", "people", "people-by-country", "library", "mail", "hosts", "acts-by-month")
    return [(slug, code) for slug in slugs for code in (MONTH, "2026-q4", "2026-09")]


def _mails(*states: str) -> int:
    rows = OutgoingMail.objects.filter(state__in=states, created_at__month=10)
    return rows.count()

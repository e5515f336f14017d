"""Titles that are the same record, and where a title is filed.
Read by pytest alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.library.rules import (
    distinct_signature,
    doi_of,
    handle_of,
    isbn_of,
    sort_title,
    title_signature,
    without_formula,
)


def test_case_accents_and_marks_make_no_difference() -> None:
    assert title_signature("Étude: l’école") == title_signature("etude L'ECOLE")


def test_other_words_are_another_record() -> None:
    assert title_signature("Part 1") != title_signature("Part 2")


def test_arabic_and_kiswahili_titles_have_signatures_of_their_own() -> None:
    assert title_signature("حماية الأطفال") != title_signature("Ulinzi wa mtoto")


def test_articles_and_quotation_marks_are_passed_over_when_filing() -> None:
    assert sort_title("“The Way We Work”") == "way we work"
    assert sort_title("L'école") == "ecole"


@given(st.text(max_size=2000))
def test_any_title_has_a_signature_that_fits(title: str) -> None:
    assert len(title_signature(title)) <= 64
    assert len(sort_title(title)) <= 60


@given(st.text(max_size=50))
def test_no_words_begin_like_a_formula(words: str) -> None:
    assert not without_formula(words).startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize(
    ("typed", "doi"),
    [
        ("10.1016/j.chiabu.2012.01.001", "10.1016/j.chiabu.2012.01.001"),
        ("https://doi.org/10.1016/J.chiabu.2012", "10.1016/j.chiabu.2012"),
        ("doi: 10.5555/abc(1)-x.", "10.5555/abc(1)-x"),
        ("https://dx.doi.org/10.1000%2F182", "10.1000/182"),
        ("nothing", ""),
    ],
)
def test_a_doi_is_found_in_what_was_pasted(typed: str, doi: str) -> None:
    assert doi_of(typed) == doi


@pytest.mark.parametrize(
    ("typed", "isbn"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("ISBN 0-306-40615-2", "9780306406157"),
        ("978-0-306-40615-8", ""),
        ("0-8044-2957-X", "9780804429573"),
        ("12", ""),
    ],
)
def test_an_isbn_has_thirteen_digits_and_a_right_check(typed: str, isbn: str) -> None:
    assert isbn_of(typed) == isbn


def test_a_handle_is_found_in_its_address() -> None:
    assert handle_of("https://hdl.handle.net/10546/620000") == "10546/620000"
    assert handle_of("10546/620000") == "10546/620000"
    assert handle_of("https://example.org/page/1") == ""


def test_another_edition_of_one_title_is_another_record() -> None:
    assert distinct_signature("Guide", "2nd") != title_signature("Guide")

"""Titles that are the same record, and where a title is filed.
Read by pytest alone."""

from hypothesis import given
from hypothesis import strategies as st

from exchange.library.rules import sort_title, title_signature, without_formula


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

"""On a corpus of answers the person's words are found exactly, and none is ever lost."""

from pathlib import Path

import pytest

from exchange.mail.reading import bench

HERE = Path(__file__).parent
FEWEST_CASES, FEWEST_HELD_OUT, LEAST_EXACT = 150, 120, 93.0


@pytest.fixture(scope="module")
def measured() -> dict:
    return bench.run({"directory": str(HERE / "replies")})


@pytest.fixture(scope="module")
def held_out() -> dict:
    """Mails that were written apart from the reader."""
    return bench.run({"directory": str(HERE / "replies_held_out")})


def test_the_corpus_is_large_and_from_many_programs_and_languages(measured):
    assert measured["cases"] >= FEWEST_CASES
    assert len(measured["by_client"]) >= 12
    assert len(measured["by_language"]) >= 9


def test_most_answers_are_found_exactly(measured):
    assert measured["exact_percent"] >= LEAST_EXACT, measured["not_exact"]


def test_no_answer_loses_a_word(measured):
    assert measured["lost_in"] == []


def test_answers_that_were_held_out_are_found_exactly_and_none_loses_a_word(held_out):
    assert held_out["cases"] >= FEWEST_HELD_OUT
    assert held_out["exact_percent"] >= LEAST_EXACT, held_out["not_exact"]
    assert held_out["lost_in"] == []


def test_the_well_known_library_is_measured_on_the_same_mails(measured):
    assert measured["library"]["cases"] == measured["cases"]
    assert measured["library"]["exact"] < measured["exact"]


def test_words_in_another_order_or_missing_count_as_lost():
    assert bench.lost("Yes, we do", "yes we do") == []
    assert bench.lost("Yes, we do", "we do yes") == ["we"]
    assert bench.lost("no no", "no") == ["no"]


def test_spaces_at_line_ends_and_blank_lines_do_not_count_but_line_breaks_do():
    assert bench.same("One  \n\n\n\nTwo\r\n", "One\n\nTwo")
    assert not bench.same("One\nTwo", "One Two")


def test_a_corpus_may_be_laid_out_in_several_ways(tmp_path):
    mail = b"From: a@example.org\n\nYes.\n"
    for name in ("plain", "told", "short"):
        (tmp_path / f"{name}.eml").write_bytes(mail)
    (tmp_path / "plain.txt").write_text("Yes.\n")
    (tmp_path / "told.json").write_text('{"reply": "Yes.", "client": "mutt", "language": "en"}')
    (tmp_path / "short.expected.txt").write_text("No.\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "message.eml").write_bytes(mail)
    (tmp_path / "folder" / "reply.txt").write_text("Yes.\n")
    (tmp_path / "alone.eml").write_bytes(mail)
    found = bench.run({"directory": str(tmp_path)})
    assert (found["cases"], found["exact"]) == (4, 3)
    assert found["by_client"]["mutt"]["cases"] == 1

"""Which language a text is written in: measured on true sentences of members' languages."""

from pathlib import Path

import pytest
import yaml

from exchange.core.hearing import differs, heard

SENTENCES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8")
)
OURS = ("en", "fr", "sw", "ar", "es", "pt")


@pytest.mark.parametrize("language", OURS)
def test_nearly_every_sentence_is_heard_right(language: str) -> None:
    right = sum(heard(words).language == language for words in SENTENCES[language])
    assert len(SENTENCES[language]) >= 20
    assert right >= 0.9 * len(SENTENCES[language])


def test_nobody_is_asked_about_the_language_they_did_write_in() -> None:
    asked = [
        words for code, some in SENTENCES.items() for words in some if differs(words, chosen=code)
    ]
    assert asked == []


def test_a_wrong_choice_is_noticed_six_times_in_seven() -> None:
    wrong = [
        differs(words, chosen) == code
        for code in SENTENCES
        for words in SENTENCES[code]
        for chosen in OURS
        if chosen != code
    ]
    assert sum(wrong) >= 6 / 7 * len(wrong)


def test_neighbours_of_kiswahili_and_arabic_are_not_taken_for_them() -> None:
    for code in ("rw", "lg", "ny", "zu", "fa", "ur"):
        assert all(heard(words).language == code for words in SENTENCES[code])


@pytest.mark.parametrize(
    "words", ["", "  \n", "12345", "ok", "\ud800", "https://example.org/x", "👍🏽"]
)
def test_nothing_is_heard_where_nothing_is_said(words: str) -> None:
    assert not heard(words).is_sure


def test_a_text_in_two_languages_is_nobodys_question() -> None:
    both = " ".join([*SENTENCES["en"][:3], *SENTENCES["sw"][:3]])
    assert differs(both, "en") == ""
    assert differs(both, "sw") == ""

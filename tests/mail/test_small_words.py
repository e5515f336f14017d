"""Small words that answer a question of ours, as people spell them on a phone.
Run by pytest alone."""

import pytest

from exchange.mail.small_words import WORDS, says, says_only, teach


@pytest.mark.parametrize("code", sorted(WORDS))
def test_the_word_our_letters_teach_is_understood_in_each_language(code):
    for language in ("en", "fr", "sw", "ar", "es", "pt"):
        assert says_only(teach(code, language), code)
        assert not any(says(teach(code, language), other) for other in WORDS if other != code)


def test_capitals_accents_and_marks_do_not_matter():
    assert says("  SI!! \n\nName: Zuri", "yes")
    assert says("Retablir.", "restore")
    assert says("اوافق", "yes")


def test_a_sentence_is_no_small_word():
    assert not says("Yes, we open with a song.", "yes")
    assert not says("", "yes")
    assert not says_only("Undo\nthe knot first", "undo")

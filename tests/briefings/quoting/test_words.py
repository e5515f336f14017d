"""Words found and taken out again, whatever signs, lines and marks stand between them.
Run by pytest alone."""

import pytest

from exchange.briefings.quoting import words

SAID = "We sat under the tree, and **nobody** was sent away."
ARABIC = "جَلَسْنا تحت الشجرة ولم يُرسَل أحدٌ بعيدًا عن الحلقة"
SWAHILI = "Tulikaa chini ya mti\n\nna hakuna aliyefukuzwa kutoka kwenye mkutano."


@pytest.mark.parametrize(
    "said", [SAID, ARABIC, SWAHILI, "- one small step\n- another one after it"]
)
def test_a_quotation_goes_with_its_signs_and_its_credit(said):
    before, after = "## What people said", "Try it on a Sunday."
    body = f"{before}\n\n{words.as_quote(said, 'Amina, Kenya')}\n\n{after}"
    assert words.stands(said, body)

    left = words.taken_out(said, body)

    assert left == f"{before}\n\n{after}"
    assert not words.is_left(said, left)


def test_signs_lines_and_marks_hide_nothing():
    body = "As one said: “We sat under\n  the __tree__, and nobody\nwas sent away.” And so on."

    assert words.stands(SAID, body)
    assert words.taken_out(SAID, body) == "As one said: And so on."


def test_arabic_is_found_without_its_vowels_and_with_stretched_letters():
    body = "قالوا: «جلسنا تحت الشجــرة ولم يرسل أحد بعيدا عن الحلقة» وشكرا."

    assert words.stands(ARABIC, body)
    assert "الشج" not in words.taken_out(ARABIC, body)


def test_words_that_stand_twice_go_twice():
    body = f"{words.as_quote(SAID, 'Amina')}\n\nAgain: {SAID}\n\n> {SAID}\n\nEnd."

    assert words.taken_out(SAID, body).split() == ["Again:", "End."]


def test_other_words_in_the_same_quotation_stay():
    other = "Fathers came when we asked grandmothers."
    body = f"{words.as_quote(SAID, 'Amina')}\n>\n{words.as_quote(other, 'Femi')}"

    left = words.taken_out(SAID, body)

    assert left == words.as_quote(other, "Femi")


def test_another_word_that_only_begins_alike_is_not_theirs():
    assert not words.stands("We met the chiefs", "Once we met the chiefstaincy there")
    assert words.stands("We met the chiefs", "Once we met the chiefs, twice.")


def test_a_script_without_spaces_is_found_inside_a_sentence():
    assert words.stands("我们坐在树下谁也没有被赶走", "他们说我们坐在树下谁也没有被赶走了")


def test_a_long_piece_stands_for_the_whole_and_a_short_one_is_still_seen():
    said = "When the committee met the first time nobody spoke, and so we asked the elders to sing."
    piece = "the committee met the first time nobody spoke, and then"

    assert words.stands(said, f"They told us that when {piece} they left.")
    assert not words.stands(said, "So we asked the elders to come.")
    assert words.is_left(said, "So we asked the elders to come.")
    assert not words.is_left(said, "Singing helped.")


def test_what_everybody_says_is_not_enough():
    assert not words.is_enough("Thank you!")
    assert words.is_enough(ARABIC)


def test_another_credit_takes_the_place_of_the_name():
    body = f"{words.as_quote(SAID, 'Amina, Kenya')}\n\nEnd."

    left = words.credited_anew(SAID, body, "A practitioner")

    assert left == f"{words.as_quote(SAID, 'A practitioner')}\n\nEnd."
    assert words.names("Amina", body)
    assert not words.names("Amina", left)

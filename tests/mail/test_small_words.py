"""Small words in six languages, with slips of the finger; and in which language a text is.
Read by pytest alone."""

import pytest

from exchange.core.languages import INTERFACE
from exchange.mail.guessing import guess
from exchange.mail.small_words import WORDS, said, word_for


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("code", WORDS)
def test_the_word_our_letters_teach_is_understood(code: str, language: str) -> None:
    assert said(word_for(code, language)) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Undo!", "undo"),
        ("UNOD", "undo"),
        ("undoo", "undo"),
        ("Undo\n\nThank you, Amina", "undo"),
        ("Restor", "restore"),
        ("retablir", "restore"),
        ("Ndio.", "yes"),
        ("Sí, fui yo", "yes"),
        ("  نَعَم ", "yes"),
        ("ارسل", "send"),
        ("desafzer", "undo"),
        ("Não", "no"),
    ],
)
def test_slips_and_thanks_do_not_matter(words: str, code: str) -> None:
    assert said(words) == code


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Undo what was done to these families is hard.",
        "Send them to the committee first.",
        "Yes, we tried that in 2019 and it worked.",
        "Undo\nWhy would you undo this?",
        "The end",
        "End",
        "Yes\n" + "We have done that for years, and it helped many families here a lot.",
    ],
)
def test_a_text_is_not_taken_for_a_small_word(words: str) -> None:
    assert said(words) == ""


def test_a_mail_without_words_may_say_it_in_its_subject() -> None:
    assert said("", "Re: Undo") == "undo"
    assert said("Something else", "Undo") == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do we begin with the committee in our district?", "en"),
        ("Comment avez-vous commencé avec les familles dans votre région ?", "fr"),
        ("Je, ni jinsi gani tunaweza kuanza na watoto wetu katika kata hii?", "sw"),
        ("¿Cómo hablan con los padres cuando no quieren venir a la reunión?", "es"),
        ("Como é que vocês falam com os pais que não querem vir à reunião?", "pt"),
        ("كيف نبدأ مع اللجنة في قريتنا؟", "ar"),
        ("እንዴት እንጀምራለን?", "am"),
        ("ok", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text_is_guessed(text: str, language: str) -> None:
    assert guess(text, otherwise="en") == language


def test_who_writes_is_believed_first() -> None:
    assert guess("سلام، چطور شروع کنیم؟", among=("fa", "en"), otherwise="fa") == "fa"
    assert guess("Twatandika n'abakadde", among=("lg", "en"), otherwise="lg") == "lg"
    # Somebody whose first language is Arabic writes with Latin letters: not Arabic.
    assert guess("Merci", among=("ar", "fr"), otherwise="ar") == "fr"

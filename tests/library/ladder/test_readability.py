"""How easy a text is to read, and how many messages it fills: counted by hand and by machine.
Run by pytest alone."""

import pytest

from exchange.library.ladder import phone
from exchange.library.ladder.queries import ease_in_words
from exchange.library.ladder.readability import Ease, read, syllables

EASY = "Sit with the children. Ask what they fear. Listen. Then ask who helps them now."
HEAVY = (
    "Organisational operationalisation of multisectoral accountability mechanisms necessitates "
    "comprehensive institutionalisation of interagency coordination arrangements throughout "
    "implementation, notwithstanding contextual particularities or administrative considerations."
)


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("children", "en", 2),
        ("made", "en", 1),
        ("wanted", "en", 2),
        ("helped", "en", 1),
        ("houses", "en", 2),
        ("table", "en", 2),
        ("the", "en", 1),
        ("communauté", "fr", 4),
        ("enfance", "fr", 2),
        ("protección", "es", 3),
        ("días", "es", 2),
        ("comunidad", "es", 4),
        ("proteção", "pt", 3),
        ("crianças", "pt", 3),
    ],
)
def test_syllables_of_words_people_use(word: str, language: str, count: int) -> None:
    assert syllables(word, language) == count


def test_words_and_sentences_are_counted() -> None:
    found = read(EASY, "en")

    assert (found.words, found.sentences, found.words_a_sentence) == (15, 4, 4)
    assert found.ease is Ease.EASY
    assert ease_in_words(found) == "Easy to read: 4 words a sentence"


def test_kincaid_of_a_sentence_counted_by_hand() -> None:
    # 6 words, 6 syllables, one sentence: 0.39 x 6 + 11.8 x 1 - 15.59.
    assert read("The cat sat on the mat.", "en").score == -1.4


def test_the_other_formulas_fall_as_words_grow_longer() -> None:
    plain = {
        "fr": "Le chat dort. Il a faim.",
        "es": "El sol sale. Yo voy.",
        "pt": "O sol sai. Eu vou.",
    }
    long_one = {
        "fr": "L'opérationnalisation intersectorielle nécessite l'institutionnalisation.",
        "es": "La operacionalización intersectorial requiere institucionalización.",
        "pt": "A operacionalização intersetorial exige institucionalização.",
    }
    for language, text in plain.items():
        easy, hard = read(text, language), read(long_one[language], language)
        assert easy.score is not None
        assert hard.score is not None
        assert easy.score > 90 > 0 > hard.score
        assert (easy.ease, hard.ease) == (Ease.EASY, Ease.HEAVY)


def test_where_no_formula_is_known_there_is_no_score() -> None:
    swahili = read("Kaa na watoto. Waulize wanaogopa nini. Sikiliza kwanza.", "sw")
    arabic = read("اجلس مع الأطفال. اسألهم: ممَّ تخافون؟ استمع أولًا.", "ar")

    assert (swahili.score, swahili.sentences, swahili.ease) == (None, 3, Ease.EASY)
    assert (arabic.score, arabic.sentences, arabic.ease) == (None, 3, Ease.EASY)


def test_long_sentences_are_heavy_in_every_language() -> None:
    assert read(HEAVY, "en").ease is Ease.HEAVY
    assert read("neno " * 40, "sw").ease is Ease.HEAVY
    assert read("كلمة " * 40, "ar").ease is Ease.HEAVY


def test_a_list_is_read_line_by_line() -> None:
    assert read("- Ask first\n- Listen\n- Come back", "en").sentences == 3


@pytest.mark.parametrize("text", ["", "   ", "…", "12.", "?!"])
def test_nothing_much_breaks_nothing(text: str) -> None:
    assert read(text, "en").ease is Ease.EASY


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # What takes two is not torn: 76 fit into 153.
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("ع" * 70, 1),
        ("ع" * 71, 2),
        ("ع" * 134, 2),
        ("ع" * 135, 3),
        # A curly quotation mark makes all of it go as UCS-2.
        ("a" * 70 + "’", 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("é" * 160, 1),
        ("ê" * 71, 2),
    ],
)
def test_text_messages_are_counted_as_networks_count_them(text: str, parts: int) -> None:
    assert phone.messages(text) == parts

"""The analyser: the same words from every way of writing them, and nothing from what is no word.
Read by pytest alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.discovery import analyser, swahili
from exchange.discovery.stems import stem


def forms(text: str) -> list[str]:
    return [word.form for word in analyser.words(text)]


def tokens(text: str, language: str) -> list[str]:
    return [term.token for term in analyser.terms(text, language)]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Protección", "proteccion"),
        ("NIÑEZ", "ninez"),
        ("Straße", "strasse"),
        ("œuvre", "oeuvre"),
        ("ﬁnd", "find"),  # a ligature
        ("chi\u200bld", "child"),  # a zero-width space inside
        ("\u202echild\u202c", "child"),  # a right-to-left override around
        ("soft\u00adhyphen", "softhyphen"),
        ("حِمَايَة", "حمايه"),  # with vowel marks
        ("حمـــاية", "حمايه"),  # stretched
        ("الأطفال", "الاطفال"),
        ("مستشفى", "مستشفي"),
        ("हिन्दी", "हिन्दी"),  # vowel signs are letters, not accents
    ],
)
def test_a_word_is_folded(written: str, folded: str) -> None:
    assert forms(f"({written})") == [folded]


def test_words_keep_their_place_in_the_original() -> None:
    text = "Le comité, d'Ébola — 28 normes."

    found = [(text[word.start : word.end], word.form) for word in analyser.words(text)]

    assert found == [
        ("Le", "le"),
        ("comité", "comite"),
        ("Ébola", "ebola"),
        ("28", "28"),
        ("normes", "normes"),
    ]


def test_a_word_without_end_is_cut_at_forty() -> None:
    assert forms("a" * 10_000) == ["a" * 40]


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert forms("儿童保护") == ["儿童", "童保", "保护"]


def test_nul_and_lone_surrogates_are_no_words() -> None:
    assert forms("child\x00\ud800protection") == ["child", "protection"]


def test_engine_operators_are_words_or_nothing() -> None:
    assert forms('"child" AND (NOT *) NEAR/2 :title - ^ | & ! <->') == [
        *("child", "and", "not", "near", "2", "title"),
    ]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "children", "child"),
        ("en", "committees", "committee"),
        ("en", "protected", "protecting"),
        ("fr", "communautés", "communautaire"),
        ("fr", "enfants", "enfant"),
        ("es", "niños", "niño"),
        ("es", "comunitarios", "comunidad"),
        ("pt", "crianças", "criança"),
        ("ar", "الأطفال", "طفل"),
        ("ar", "للأطفال", "أطفال"),
        ("ar", "القرى", "قرية"),
        ("ar", "بيانات", "البيانات"),
        ("ar", "المجتمعات", "مجتمع"),
        ("sw", "watoto", "mtoto"),
        ("sw", "wazazi", "mzazi"),
        ("sw", "vijiji", "kijijini"),
        ("sw", "mifumo", "mfumo"),
        ("sw", "kulinda", "wanalindwa"),
        ("sw", "tunaimarisha", "kuimarisha"),
        ("sw", "wakimbizi", "mkimbizi"),
        ("sw", "shuleni", "mashuleni"),
        ("sw", "unyanyasaji", "kunyanyasa"),
        ("sw", "viongozi", "kiongozi"),
    ],
)
def test_forms_of_one_word_share_a_stem(language: str, first: str, second: str) -> None:
    assert stem(analyser.fold(first), language) == stem(analyser.fold(second), language)


@pytest.mark.parametrize("word", ["kamati", "jamii", "ndoa", "mimba", "haki", "sheria", "elimu"])
def test_swahili_roots_are_left_whole(word: str) -> None:
    assert swahili.stem(word) == word


def test_small_words_are_left_out_in_their_own_language_only() -> None:
    assert tokens("How are the children", "en") == ["en:child"]
    assert tokens("wa ya za mtoto", "sw") == ["sw:mtoto"]
    assert "en:za" in tokens("za", "en")


def test_a_foreign_script_keeps_its_own_rules() -> None:
    assert tokens("الأطفال children", "ar") == ["ar:طفل", "xx:children"]


@pytest.mark.parametrize(
    ("text", "default", "language"),
    [
        ("How do we keep a committee going?", "fr", "en"),
        ("Comment protéger les enfants ?", "en", "fr"),
        ("ndoa za utotoni", "en", "sw"),
        ("كيف نحمي الأطفال", "en", "ar"),
        ("¿Cómo protegen a sus niños?", "en", "es"),
        ("Como prevenir o casamento na nossa aldeia", "en", "pt"),
        ("embarazo adolescente", "es", "es"),
        ("Kenya", "sw", "sw"),
        ("", "en", "en"),
    ],
)
def test_the_language_of_a_query_is_guessed(text: str, default: str, language: str) -> None:
    assert analyser.guess(forms(text), default) == language


@given(st.text(max_size=400), st.sampled_from([*analyser.LANGUAGES, "pl", "hi"]))
def test_any_text_gives_bounded_clean_terms(text: str, language: str) -> None:
    for term in analyser.terms(text, language):
        assert 1 <= len(term.form) <= analyser.LONGEST_WORD
        assert not any(c.isspace() or c == "\x00" for c in term.token)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    for form in forms(text):
        assert analyser.fold(form) == form

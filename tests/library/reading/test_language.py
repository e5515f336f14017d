"""Which language a document is in: said when it is plain, left to its record when it is not.
Run by pytest alone."""

import pytest

from exchange.library.reading.language import guessed

TEXTS = {
    "en": "The committee met under the tree and it was not the first time that they had talked. ",
    "fr": "Les enfants du village ne sont pas allés à l'école et les anciens en parlent avec nous. ",
    "es": "Los niños que viven en las aldeas hablan con los mayores para que no se vayan solos. ",
    "pt": "As crianças não foram para a escola e os mais velhos da aldeia falam com elas nas ruas. ",
    "sw": "Watoto wa kijiji na wazee wao walizungumza kuhusu shule na kazi katika kijiji cha jirani. ",
    "ar": "جلست اللجنة تحت الشجرة كل أسبوعين وكتبت قراراتها في صفحة واحدة مع الأطفال. ",
    "am": "ልጆች በመንደሩ ውስጥ ከሽማግሌዎች ጋር ስለ ትምህርት ቤት ተነጋገሩ። ",
}


@pytest.mark.parametrize("code", list(TEXTS))
def test_a_plain_text_says_its_language(code):
    other = "fr" if code == "en" else "en"

    assert guessed(TEXTS[code] * 4, default=other) == code


@pytest.mark.parametrize("text", ["", "12 14 2020", "OK", "Kampala Nairobi Lusaka Harare " * 20])
def test_what_says_nothing_is_in_the_language_of_its_record(text):
    assert guessed(text, default="pt") == "pt"


def test_languages_of_one_script_are_the_records_to_tell():
    assert guessed(TEXTS["am"] * 4, default="ti") == "ti"
    assert guessed(TEXTS["ar"] * 4, default="en") == "ar"

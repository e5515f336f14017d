"""Screening: each thing it finds beside its harmless twin, where it stands, and how long it takes.
Run by pytest alone."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exchange.core.gates import Outcome, Submission
from exchange.project.starter import OPENING
from exchange.safeguarding import bench
from exchange.safeguarding.labelled import labelled
from exchange.safeguarding.rules import screened
from exchange.safeguarding.screening.judge import findings, screen
from exchange.safeguarding.words import WORDS

DEMO = OPENING.with_name("demo.yaml")

TWINS = [
    (
        "child-named",
        "Amos, 8 years old, from our village is beaten at home.",
        "Our project, 8 years old, is known in the village.",
    ),
    (
        "child-named",
        "Zubeda, mwenye miaka 8, anapigwa nyumbani.",
        "Watoto wenye miaka 8 hupigwa nyumbani.",
    ),
    (
        "child-named",
        "Akinyi is 9 years old and goes to Kilimo Primary School.",
        "A girl of about 9 goes to a primary school in one district.",
    ),
    (
        "child-named",
        "wanjiku 11yrs from mwangaza village is pregnant",
        "girls of 11 to 14 yrs from many villages are pregnant",
    ),
    (
        "child-named",
        "une fille nommee bintou de 13 ans vit chez sa tante",
        "une fille d'environ 13 ans vit chez une parente",
    ),
    (
        "child-named",
        "ليلى عمرها ٩ سنوات وتدرس في مدرسة النهر",
        "فتاة عمرها حوالي ٩ سنوات تدرس في إحدى المدارس",
    ),
    (
        "child-named",
        "O menino Nelito tem 9 anos e vive com o tio dele.",
        "Os meninos de 9 a 12 anos vivem com parentes.",
    ),
    (
        "child-described",
        "A 9 year old girl from Chelulu Primary School came yesterday.",
        "Girls aged 9-14 from primary schools came yesterday.",
    ),
    (
        "child-described",
        "Msichana wa miaka 9 wa shule ya msingi Chelulu.",
        "Wasichana wa miaka 9 hadi 14 wa shule za msingi.",
    ),
    ("phone", "Call her on 0712 345 678.", "Call the free helpline 0800 720 121 or 116."),
    ("phone", "Ni +254 712 345 678.", "Ni 1 200 000 kati ya 2015-2020."),
    ("email", "Write to jane.doe@example.org.", "Write to info@example.org."),
    ("map", "They live at -1.28333, 36.81667.", "It rose from 1.2 to 36.8 per cent."),
    ("case-number", "The case no. 234/2025 is open.", "See case study 3 and Resolution 64/142."),
    ("one-case", "This child does not eat.", "This child protection committee meets here."),
    ("one-case", "Este niño que atiendo no come.", "El interés superior del niño es lo primero."),
    ("one-case", "هذه الطفلة التي أتابعها لا تأكل", "لجان حماية الطفل تحتاج إلى تدريب"),
    ("danger", "He will kill her tonight.", "Violence kills, and no child should die of it."),
    ("danger", "ananipiga kila siku", "Umwambie nini mzazi anayempiga mtoto?"),
    ("danger", "She is in danger now.", "If a child is in danger now, call the police."),
    (
        "spam",
        "Earn money online daily with bitcoin, click here!",
        "Some are paid in bitcoin for pictures; how do we talk about it?",
    ),
]


def codes(text: str, kind: str = "reply") -> set[str]:
    return {reason.code for reason in screened(Submission(text=text, kind=kind)).reasons}


@pytest.mark.parametrize(("code", "harmful", "harmless"), TWINS)
def test_what_could_harm_is_found_and_its_twin_passes(code, harmful, harmless):
    assert code in codes(harmful)
    assert codes(harmless) == set()


def marked(text: str) -> list[tuple[str, str]]:
    return [(found.code, text[found.start : found.end]) for found in findings(text, "en")]


def test_the_passage_is_exact():
    assert marked("Call her on 0712 345 678, please.") == [("phone", "0712 345 678")]
    assert marked("Ask jane.doe@example.org!") == [("email", "jane.doe@example.org")]
    assert marked("Akinyi is 9 years old. We meet her in class 4.") == [
        ("child-named", "Akinyi is 9 years old. We meet her in class 4")
    ]


def test_marks_on_letters_do_not_move_the_passage():
    text = "E\u0301cole, te\u0301le\u0301phone : +221 77 123 45 67."

    assert marked(text) == [("phone", "+221 77 123 45 67")]


def test_title_and_text_are_both_read_and_told_apart():
    verdict = screen(
        Submission(title="Call 0712 345 678", text="or jane@example.org", kind="question")
    )

    assert [(one.code, one.field, one.start, one.end) for one in verdict.reasons] == [
        ("phone", "title", 5, 17),
        ("email", "text", 3, 19),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "How do we talk about sexual violence, rape and FGM with elders?",
        "Ukeketaji, ubakaji na ukatili wa kijinsia",
        "Le viol, l'excision et la maltraitance",
        "El abuso sexual y la violación de derechos",
        "O abuso sexual e o estupro são crimes",
        "الاغتصاب والعنف الجنسي وختان الإناث",
        "Dr Wessells and UNICEF worked in Kampala with girls aged 10-14.",
        "Our colleague Amina from Hope Foundation leads the work.",
        "Thank you Juma, this helped.",
        "Akinyi",
        "She is 9 years old.",
    ],
)
def test_professional_words_and_single_features_pass(text):
    assert screened(Submission(text=text, kind="reply")).passed


def test_likely_identification_asks_strong_identification_holds_but_still_asks():
    likely = screen(Submission(text="Call her on 0712 345 678.", kind="reply"))
    strong = screen(
        Submission(text="Akinyi is 9 years old and goes to Kilimo Primary School.", kind="reply")
    )

    assert (likely.outcome, likely.noticed) == (Outcome.ASK, likely.reasons)
    assert (strong.outcome, strong.noticed) == (Outcome.HOLD, strong.reasons)


def test_danger_goes_to_a_host_at_once_and_is_never_asked_about():
    verdict = screen(Submission(text="He will kill her tonight, call 0712 345 678", kind="reply"))

    assert verdict.outcome is Outcome.HOLD
    assert verdict.noticed == ()


def test_in_a_name_only_contact_details_count():
    assert codes("Akinyi, 9, Kilimo Primary School", kind="name") == set()
    assert codes("Jane +254 712 345 678", kind="name") == {"phone"}


def test_every_code_the_writer_is_asked_about_has_words():
    asked = {case.code for case in labelled()} - {"-", "danger", "spam"}

    assert asked <= WORDS.keys()


def test_the_labelled_set_is_large_and_half_harmless():
    cases = list(labelled())

    assert len(cases) >= 620
    assert 0.45 <= sum(case.harmless for case in cases) / len(cases) <= 0.6
    assert sum(case.held_out for case in cases) >= len(cases) / 3


@pytest.mark.parametrize("held_out", [False, True])
def test_most_is_found_and_little_is_stopped_wrongly(held_out):
    rates = bench.rates([case for case in labelled() if case.held_out is held_out])

    assert rates["recall"] >= 0.9
    assert rates["false_alarms"] <= 0.1


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("path", [OPENING, DEMO])
def test_what_the_exchange_starts_with_passes(path):
    texts = list(_texts(yaml.safe_load(path.read_text(encoding="utf-8"))))

    assert len(texts) > 100
    assert [text for text in texts if findings(text, "en")] == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(bench.LANGUAGES))
@example("Y:²", "en")
def test_no_text_breaks_it_and_passages_stay_inside(text, language):
    for found in findings(text, language):
        assert 0 <= found.start < found.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*bench.HOSTILE.values(), "9 ", "years ", "of ", "age "])))
def test_no_mixture_of_hostile_pieces_breaks_it(pieces):
    findings("".join(pieces), "en")


@pytest.mark.parametrize("name", bench.HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(name):
    def seconds(letters: int) -> float:
        text = bench.hostile(letters)[name]
        rounds = []
        for _round in range(3):
            before = time.process_time()
            findings(text, "en")
            rounds.append(time.process_time() - before)
        return min(rounds)

    # A quadratic rule would take four times as long, and go on so.
    assert seconds(80_000) < 3 * seconds(40_000) + 0.02


def test_a_text_longer_than_any_form_takes_is_read_by_a_person():
    verdict = screen(Submission(text="We meet on the market day. " * 40_000, kind="reply"))

    assert verdict.outcome is Outcome.HOLD
    assert "too-long" in {reason.code for reason in verdict.reasons}

"""Screening: what it finds of what it should, what it stops wrongly, and how long 1 MB takes.
Called by the `bench` command; needs no database."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from exchange.core.gates import Outcome, Submission
from exchange.safeguarding.labelled import Labelled, labelled
from exchange.safeguarding.screening.judge import screen

NAME = "screening"
HELP = "screening: what is found, what is stopped wrongly, in six languages; time for 1 MB"
LANGUAGES = ("en", "fr", "sw", "ar", "es", "pt")
MEGABYTE = 1_000_000
ROUNDS = 3

# Texts written to be slow: each is repeated to a megabyte.
HOSTILE = {
    "letters": "a",
    "spaces": " ",
    "digits": "7",
    "digits and spaces": "07 12 ",
    "at signs": "a@",
    "dots": "1.2345,",
    "names": "akinyi ",
    "names and ages": "Akinyi is 9 years old at Kilimo Primary School. ",
    "threats": "he will kill her tonight ",
    "half threats": "my my he they will going to kill ",
    "phones": "+254712345678 ",
    "case numbers": "case no case no 1 ",
    "marks on letters": "e\u0301\u0302\u0303",
    "arabic": "هذه الطفلة اسمها ليلى وعمرها تسع سنوات ",
    "links": "https://a.b/c ",
    "brackets": "((((+((",
    "accents": "Érïc à l'école Señor ",
}


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Figures by language for all texts, for the held-out ones, and the slowest megabytes."""
    cases = list(labelled())
    held = [case for case in cases if case.held_out]
    speed = {name: milliseconds(text) for name, text in hostile().items()}
    return {
        "languages": by_language(cases),
        "held_out": by_language(held),
        "overall": rates(cases),
        "overall_held_out": rates(held),
        "ms_per_mb": speed,
        "ms_per_mb_worst": max(speed.values()),
        "ms_per_mb_prose": milliseconds(_to_a_megabyte(_prose(cases))),
    }


def by_language(cases: Iterable[Labelled]) -> dict[str, dict[str, Any]]:
    """The rates of each language."""
    known = list(cases)
    return {
        language: rates([case for case in known if case.language == language])
        for language in LANGUAGES
    }


def rates(cases: list[Labelled]) -> dict[str, Any]:
    """Recall: harmful texts in which the expected code was found. False alarms: harmless texts
    that did not pass. Precision: stopped texts that should have been stopped."""
    harmful = [case for case in cases if not case.harmless]
    harmless = [case for case in cases if case.harmless]
    found = sum(case.code in codes(case) for case in harmful)
    stopped = sum(bool(codes(case)) for case in harmful)
    alarms = sum(bool(codes(case)) for case in harmless)
    return {
        "recall": round(found / max(1, len(harmful)), 3),
        "stopped": round(stopped / max(1, len(harmful)), 3),
        "false_alarms": round(alarms / max(1, len(harmless)), 3),
        "precision": round(stopped / max(1, stopped + alarms), 3),
        "cases": len(cases),
    }


def codes(case: Labelled) -> set[str]:
    """What screening says to one text; nothing when it passes."""
    verdict = screen(Submission(text=case.text, kind="reply", language=case.language))
    if verdict.outcome is Outcome.PASS:
        return set()
    return {reason.code for reason in verdict.reasons}


def hostile(letters: int = MEGABYTE) -> dict[str, str]:
    """Each hostile text at a length."""
    return {name: (text * (letters // len(text) + 1))[:letters] for name, text in HOSTILE.items()}


def milliseconds(text: str) -> float:
    """The best of a few rounds, in processor time, so that other programs do not count."""
    screen(Submission(text="warm", kind="reply"))
    submission = Submission(text=text, kind="reply")
    taken = []
    for _round in range(ROUNDS):
        before = time.process_time()
        screen(submission)
        taken.append(time.process_time() - before)
    return round(min(taken) * 1000, 1)


def _prose(cases: Iterable[Labelled]) -> str:
    return "\n".join(case.text for case in cases if case.harmless)


def _to_a_megabyte(text: str) -> str:
    return (text * (MEGABYTE // len(text) + 1))[:MEGABYTE]

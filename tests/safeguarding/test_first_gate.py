"""The first gate: who waits for a host, who does not, and what happens when no gate stands.
Run by pytest alone."""

from dataclasses import replace

import pytest
from django.core.checks import Tags, run_checks
from django.template import Context, Template

from exchange.core import checks, gates
from exchange.core.gates import Outcome, Reason, Submission

WELCOMED = Submission(
    text="We meet after the market closes.",
    title="How do you keep a committee meeting?",
    kind="question",
    author_id=7,
    author_is_newcomer=False,
)
NEWCOMER = replace(WELCOMED, author_is_newcomer=True)
HOST = replace(NEWCOMER, author_is_host=True)


def codes(submission: Submission) -> tuple[str, ...]:
    return tuple(reason.code for reason in gates.judge(submission).reasons)


def test_a_welcomed_member_is_not_kept_waiting():
    assert gates.judge(WELCOMED) == gates.Verdict(Outcome.PASS)


def test_a_newcomers_words_wait_for_a_host():
    assert gates.judge(NEWCOMER) == gates.Verdict(Outcome.HOLD, (Reason("newcomer"),))


def test_a_host_is_never_a_newcomer_to_the_gate():
    assert gates.judge(HOST).passed


@pytest.mark.parametrize(
    "kind", ["question", "experience", "idea", "discussion", "notice", "reply"]
)
def test_every_kind_people_write_is_known_to_the_gate(kind):
    assert gates.judge(replace(WELCOMED, kind=kind)).passed
    assert codes(replace(NEWCOMER, kind=kind)) == ("newcomer",)


def test_a_kind_nobody_registered_is_held_even_from_a_host():
    assert codes(replace(HOST, kind="carrier-pigeon")) == ("unknown-kind",)


def test_words_of_an_author_nobody_names_are_held_unless_the_hosts_bring_them():
    assert codes(replace(WELCOMED, author_id=None)) == ("unknown-author",)
    assert gates.judge(replace(HOST, author_id=None, origin="starter")).passed


def test_a_name_passes_unless_nothing_is_left_of_it():
    name = Submission(text="Chen", kind="name", author_id=8)

    assert gates.judge(name).passed
    assert codes(replace(name, text=" \n ")) == ("empty",)


def test_a_title_alone_is_enough_and_nothing_at_all_is_held():
    assert gates.judge(replace(WELCOMED, text="")).passed
    assert codes(replace(WELCOMED, text=" ", title="")) == ("empty",)


def test_without_a_gate_everything_waits(monkeypatch):
    assert gates.judge(HOST).passed

    monkeypatch.setattr(gates, "_gates", {})

    assert gates.judge(HOST) == gates.Verdict(Outcome.HOLD, (Reason("no-gate"),))


def test_a_gate_that_breaks_holds_and_logs_no_word_of_the_story(monkeypatch, caplog):
    def breaks(submission: Submission) -> gates.Verdict:
        raise ValueError(submission.text)

    monkeypatch.setattr(gates, "_gates", {**gates._gates, "broken": breaks})

    assert gates.judge(WELCOMED) == gates.Verdict(Outcome.HOLD, (Reason("gate-failed"),))
    assert "broken" in caplog.text
    assert "market" not in caplog.text


def test_production_does_not_start_without_a_gate(monkeypatch, settings):
    settings.PRODUCTION = True
    assert checks.a_gate_stands() == []

    monkeypatch.setattr(gates, "_gates", {})

    assert [(found.id, found.is_serious()) for found in checks.a_gate_stands()] == [
        ("core.E001", True)
    ]
    assert "core.E001" in {found.id for found in run_checks(tags=[Tags.security])}


def test_at_home_a_missing_gate_is_a_warning(monkeypatch, settings):
    settings.PRODUCTION = False
    monkeypatch.setattr(gates, "_gates", {})

    assert [(found.id, found.is_serious()) for found in checks.a_gate_stands()] == [
        ("core.W001", False)
    ]


def test_the_kind_words_stand_above_every_text_box():
    page = Template('{% load slots %}{% slot "before-text" %}').render(Context())

    assert "Not for individual cases." in page
    assert "We look with you before it goes out." in page

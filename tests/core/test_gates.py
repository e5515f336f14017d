"""The registry of gates fails closed.
Read by pytest alone."""

import logging

import pytest

from exchange.core import gates
from exchange.core.gates import Outcome, Reason, Submission, Verdict

WORDS = Submission(text="A story", kind="question")


@pytest.fixture(autouse=True)
def no_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "_gates", {})


def test_no_gate_holds() -> None:
    assert gates.judge(WORDS) == Verdict(Outcome.HOLD, (Reason("no-gate"),))


def test_one_passing_gate_passes() -> None:
    gates.register("kind", lambda submission: Verdict(Outcome.PASS))

    assert gates.judge(WORDS).passed


def test_the_strictest_gate_counts_and_all_reasons_are_kept() -> None:
    gates.register("kind", lambda submission: Verdict(Outcome.PASS))
    gates.register("shy", lambda submission: Verdict(Outcome.HOLD, (Reason("phone", 3, 9),)))
    gates.register("strict", lambda submission: Verdict(Outcome.REFUSE, (Reason("spam"),)))

    assert gates.judge(WORDS) == Verdict(Outcome.REFUSE, (Reason("phone", 3, 9), Reason("spam")))


def test_a_broken_gate_holds_and_does_not_log_the_story(caplog: pytest.LogCaptureFixture) -> None:
    def broken(submission: Submission) -> Verdict:
        raise ValueError(submission.text)

    gates.register("broken", broken)

    with caplog.at_level(logging.DEBUG):
        assert gates.judge(WORDS).outcome is Outcome.HOLD
    assert "broken" in caplog.text
    assert "A story" not in caplog.text

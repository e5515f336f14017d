"""The registry of gates: every text, name and caption is judged here before it can be visible.
Rooms call `judge`; safeguarding registers the gates. It fails closed: no gate, or an error, holds."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

log = logging.getLogger(__name__)


class Outcome(IntEnum):
    """What a gate decides; the strictest of all gates counts. ASK: show the writer first."""

    PASS = 0
    ASK = 1
    HOLD = 2
    REFUSE = 3


@dataclass(frozen=True)
class Reason:
    """Why, as a short code the desk and the writer's page turn into kind words, and the passage:
    `start` to `end` of the submission's `field` ("text" or "title"; empty when it is no passage).
    """

    code: str
    start: int = 0
    end: int = 0
    field: str = ""


@dataclass(frozen=True)
class Submission:
    """What wants to go out: plain values only, so that any room can ask."""

    text: str
    kind: str
    title: str = ""
    language: str = "en"
    author_id: int | None = None
    author_is_host: bool = False
    author_is_newcomer: bool = True
    origin: str = "web"


@dataclass(frozen=True)
class Verdict:
    """The outcome and all reasons that led to it. `noticed` are those the writer is shown before
    anything is sent, also when another gate would hold the text anyway."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    noticed: tuple[Reason, ...] = ()

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASS


Gate = Callable[[Submission], Verdict]
_gates: dict[str, Gate] = {}


def register(name: str, gate: Gate) -> None:
    """Add a gate; called from a room's hooks when the program starts."""
    _gates[name] = gate


def names() -> tuple[str, ...]:
    """The gates that stand now."""
    return tuple(_gates)


def judge(submission: Submission) -> Verdict:
    """Ask every gate. The strictest outcome wins; no gate at all means held."""
    if not _gates:
        return Verdict(Outcome.HOLD, (Reason("no-gate"),))
    verdicts = [_ask(name, gate, submission) for name, gate in _gates.items()]
    outcome = max(verdict.outcome for verdict in verdicts)
    return Verdict(
        outcome,
        tuple(reason for verdict in verdicts for reason in verdict.reasons),
        tuple(reason for verdict in verdicts for reason in _to_show(verdict)),
    )


def _to_show(verdict: Verdict) -> tuple[Reason, ...]:
    return verdict.noticed or (verdict.reasons if verdict.outcome is Outcome.ASK else ())


def _ask(name: str, gate: Gate, submission: Submission) -> Verdict:
    try:
        return gate(submission)
    except Exception:  # noqa: BLE001 - a broken gate must hold the text, whatever broke
        # The error's text could quote the story, so only the gate's name is logged.
        log.error("gate %s failed; the text is held", name)
        return Verdict(Outcome.HOLD, (Reason("gate-failed"),))

"""One thing screening found: what it is, where, and how much it weighs.
Made by the modules beside it, read by `judge`."""

from __future__ import annotations

from dataclasses import dataclass

CHILD_NAMED = "child-named"
CHILD_DESCRIBED = "child-described"
PHONE = "phone"
EMAIL = "email"
MAP = "map"
CASE_NUMBER = "case-number"
ONE_CASE = "one-case"
DANGER = "danger"
SPAM = "spam"
TOO_LONG = "too-long"


@dataclass(frozen=True)
class Finding:
    """A code, the passage in the text as typed, and a weight; `strong` alone is enough to hold."""

    code: str
    start: int
    end: int
    weight: float = 1.0
    strong: bool = False

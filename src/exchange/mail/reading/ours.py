"""Knows the shape of our own mails, where they are quoted without marks: marker, title, who wrote,
their words, rule, foot. Called by `mail.reading.splitting`."""

from __future__ import annotations

import re

from exchange.mail.marker import SIGN
from exchange.mail.reading.line import Line

_ADDRESS = re.compile(r"https?://([^/\s<>]{1,200})")
_FARTHEST = 400
_QUESTION = re.compile(r"\s*(\d{1,2})[.)] .{3,300}[?؟]\s*\Z")


def own_start(lines: list[Line], start: int, end: int) -> int:
    """Where the person's words begin below our mail; `end` if the mail is not ours or nothing
    follows. Our mails close with a rule, and below it lines with an address of ours."""
    if not _is_ours(lines, start):
        return end
    rule = _rule(lines, start, min(end, start + _FARTHEST))
    host, at = "", rule + 1
    while rule > 0 and at < end:
        found = _ADDRESS.search(lines[at].bare)
        if found and (not host or found[1] == host):
            host = found[1]
        elif host and not lines[at].is_blank and not _leads(lines, at, end, host):
            return at
        at += 1
    return end


def surely(lines: list[Line], start: int, end: int) -> set[int]:
    """The places that are certainly ours, where somebody answered between numbered questions: the
    questions, what stands above them, and the foot. Nothing, if there is any doubt."""
    end = min(end, start + _FARTHEST)
    asked = [(at, _QUESTION.match(lines[at].bare)) for at in range(start, end)]
    numbered = [(at, found[1]) for at, found in asked if found]
    above = [at for at in range(start, numbered[0][0] if numbered else start) if lines[at].bare]
    if [number for _, number in numbered] != [str(n + 1) for n in range(len(numbered))]:
        return set()
    if len(numbered) < 2 or len(above) > 3 or not _is_ours(lines, start):
        return set()
    rule = _rule(lines, start, end)
    if rule < 0 or not lines[above[-1] if above else start].bare.endswith(":"):
        return set()
    foot = [at for at in range(rule, end) if at < own_start(lines, start, end)]
    links = [at for at in range(numbered[-1][0], rule) if _is_link(lines, at, rule)]
    return {*above, *foot, *links, *(at for at, _ in numbered)}


def foot(lines: list[Line], start: int, end: int) -> set[int]:
    """The places below the rule of our mail, and of the link above it."""
    end = min(end, start + _FARTHEST)
    rule = _rule(lines, start, end) if _is_ours(lines, start) else -1
    if rule < 0:
        return set()
    links = [at for at in range(max(start, rule - 4), rule) if _is_link(lines, at, rule)]
    return {*links, *range(rule, own_start(lines, start, end))}


def _is_ours(lines: list[Line], start: int) -> bool:
    return any(SIGN in line.bare for line in lines[max(0, start - 4) : start + 4])


def _is_link(lines: list[Line], at: int, end: int) -> bool:
    """Whether this line is an address, or its label."""
    below = lines[at + 1].bare if at + 1 < end else ""
    return any(_ADDRESS.match(text.strip()) for text in (lines[at].bare, below))


def _rule(lines: list[Line], start: int, end: int) -> int:
    rules = [at for at in range(start, end) if _is_rule(lines[at])]
    return rules[0] if rules else -1


def _is_rule(line: Line) -> bool:
    return line.bare.strip() == "--" or line.hint == "rule"


def _leads(lines: list[Line], at: int, end: int, host: str) -> bool:
    """Whether this line stands above another address of ours."""
    below = lines[at + 1].bare if at + 1 < end else ""
    found = _ADDRESS.match(below.strip())
    return bool(found and found[1] == host) and lines[at].bare.rstrip().endswith((":", "："))

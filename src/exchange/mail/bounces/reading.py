"""Reads what came back: RFC 3464 and RFC 5965 first, then flufl.bounce, then our own rules.
Called by `mail.bounces.actions`. Never raises; soft is never called hard."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from flufl.bounce import all_failures

from exchange.mail.bounces import phrases
from exchange.mail.bounces.opening import Parts, take_apart
from exchange.mail.receiving.heads import Heads, heads_of
from exchange.mail.receiving.recognising import is_robot, is_vacation

# Its log would quote addresses.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)

# As much of a server's words as is read.
LONGEST = 8000
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-])")
_HARD = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4", "5.4.310"}
# What they say is wrong is our own address.
_ABOUT_US = {"5.1.7", "5.1.8"}
_GREY = re.compile(r"gr[ea]y ?list|try (?:again|later)", re.IGNORECASE)
_NOBODY = re.compile(r"recipient address rejected: access denied", re.IGNORECASE)
_COMPLAINTS = {
    "abuse",
    "fraud",
    "virus",
    "other",
    "opt-out",
    "opt-out-list",
    "complaint",
    "miscategorized",
}


@dataclass(frozen=True)
class Report:
    """`kind` is one of `Bounce.Kind`; "auto" for a robot's note that is no bounce; "delivered"; or
    "" when it is nothing of that sort. `ids` and `tokens` are ours, found anywhere in it."""

    kind: str = ""
    status: str = ""
    read_by: str = ""
    ids: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()


def read(raw: bytes, *, is_returned: bool = False) -> Report:
    """What a mail says about one of ours. `is_returned`: it came to the address of an envelope
    without a sender of its own, so it is a bounce unless it is a vacation note."""
    try:
        parts = take_apart(raw)
        heads = heads_of(raw)
        kind, status, read_by = _read(parts, heads, is_returned=is_returned)
    except Exception:  # noqa: BLE001 - strangers decide what stands in a mail
        return Report("unclear" if is_returned else "")
    return Report(kind, status[:12], read_by, parts.ids, parts.tokens)


def may_be_report(heads: Heads) -> bool:
    """Whether the headers alone speak for a report, wherever it came to."""
    content_type = heads.first("content-type").lower()
    if "multipart/report" in content_type or "feedback-report" in content_type:
        return True
    if heads.has("x-failed-recipients") or phrases.COMPLAINT.search(heads.subject):
        return True
    return is_robot(heads.address) or (
        not heads.address and bool(phrases.RETURNED.search(heads.subject))
    )


def classify(status: str, words: str) -> str:
    """hard, soft or policy, by the status of RFC 3463 and what was said with it."""
    said = phrases.meaning(words)
    if status.startswith(("5.7.", "2.7.")) or status in _ABOUT_US:
        return "policy"
    if status.startswith("4.7."):
        return "soft" if _GREY.search(words) else "policy"
    if _NOBODY.search(words):
        return "hard"
    certain = status in _HARD and bool(phrases.HARD.search(words))
    if said == "policy" and not certain:
        return "policy"
    if status.startswith("4.") or phrases.SOFT.search(words):
        return "soft"
    if status in _HARD or (said == "hard" or certain):
        return "hard"
    return "soft" if status.startswith("5.") else ""


def _read(parts: Parts, heads: Heads, *, is_returned: bool) -> tuple[str, str, str]:
    if parts.feedback is not None:
        sort = parts.feedback.get("feedback-type", "abuse").lower()
        return ("complaint" if sort in _COMPLAINTS else "auto", "", "rfc5965")
    if phrases.COMPLAINT.search(heads.subject) and (parts.ids or parts.tokens):
        return "complaint", "", "own"
    if parts.status:
        found = _by_report(parts)
        if found[0]:
            return found
    if _is_automatic(parts, heads, is_returned=is_returned):
        return "auto", "", "own"
    return _by_words(parts, heads, is_returned=is_returned)


def _by_report(parts: Parts) -> tuple[str, str, str]:
    """The first recipient that failed; else one that waits; else one that has it."""
    rows = [row for row in parts.status if "action" in row or "status" in row]
    actions = [_action(row) for row in rows]
    for wanted in ("failed", "delayed", "delivered"):
        if wanted not in actions:
            continue
        row = rows[actions.index(wanted)]
        status = _status_in(row.get("status", ""))
        if wanted == "delivered":
            return "delivered", status, "rfc3464"
        said = row.get("diagnostic-code", "")
        inner = _status_in(said)
        # "5.0.0" outside and "5.1.1" in the other server's own words: those know better.
        if inner and (not status or status[2:] in ("0.0", "1.0", "3.0", "4.0", "5.0")):
            status = inner
        if wanted == "delayed":
            return "delayed", status, "rfc3464"
        kind = classify(status, said or parts.words[:LONGEST])
        if kind == "soft" and not phrases.meaning(said):
            kind = _second_look(status, parts.words[:LONGEST])
        return kind or "unclear", status, "rfc3464"
    return "", "", ""


def _second_look(status: str, words: str) -> str:
    """The report said little: what the server wrote for people may say more."""
    return classify(status, words) or "soft"


def _action(row: dict[str, str]) -> str:
    action = row.get("action", "").lower()
    if action.startswith(("fail", "error")):
        return "failed"
    if action.startswith("delay"):
        return "delayed"
    if action.startswith(("deliver", "relay", "expand")):
        return "delivered"
    status = _status_in(row.get("status", ""))
    return {"5": "failed", "4": "failed", "2": "delivered"}.get(status[:1], "")


def _is_automatic(parts: Parts, heads: Heads, *, is_returned: bool) -> bool:
    """A vacation note, a receipt, or a program that asks whether we are people."""
    if phrases.CHALLENGE.search(f"{heads.subject}\n{parts.words[:4000]}"):
        return True
    submitted = heads.first("auto-submitted").lower()
    noted = heads.has("x-autoreply") or heads.has("x-autorespond") or heads.has("x-autoresponder")
    noted = noted or heads.first("precedence").lower() in ("auto_reply", "auto-reply")
    noted = noted or submitted.startswith("auto-replied")
    noted = noted or "disposition-notification" in heads.first("content-type").lower()
    if is_vacation(heads.subject) and (noted or is_returned):
        return True
    return noted and not is_robot(heads.address) and not heads.has("x-failed-recipients")


def _by_words(parts: Parts, heads: Heads, *, is_returned: bool) -> tuple[str, str, str]:
    words = parts.words[:LONGEST]
    looks = _looks_returned(heads, words)
    if not (looks or is_returned or _is_by_robot(heads)):
        return "", "", ""
    temporary, permanent = _by_flufl(parts)
    known = bool(temporary or permanent)
    if not (known or looks or is_returned):
        return "", "", ""
    read_by = "flufl" if known else "own"
    status = _status_in(words)
    if (temporary and not permanent) or phrases.goes_on_trying(f"{heads.subject}\n{words}"):
        return "delayed", status, read_by
    kind = classify(status, words) or _by_reply_code(words)
    if not kind and permanent:
        kind = "soft"
    return kind or "unclear", status, read_by


def _by_reply_code(words: str) -> str:
    """Nothing but "452" or "552": 4 is for now, and so is all that nobody explains."""
    found = _REPLY.search(words)
    return "soft" if found else ""


def _looks_returned(heads: Heads, words: str) -> bool:
    """By who sent it and what it says; what a person writes is never a report."""
    return _is_by_robot(heads) and bool(phrases.RETURNED.search(f"{heads.subject}\n{words[:600]}"))


def _is_by_robot(heads: Heads) -> bool:
    if is_robot(heads.address) or not heads.address:
        return True
    return heads.first("return-path") == "<>" or heads.has("x-failed-recipients")


def _by_flufl(parts: Parts) -> tuple[bool, bool]:
    try:
        temporary, permanent = all_failures(parts.message)
    except Exception:  # noqa: BLE001 - its readers were written for well-made mail
        return False, False
    return bool(temporary), bool(permanent)


def _status_in(words: str) -> str:
    """The most telling status: one that names a reason before "5.0.0"."""
    found = _STATUS.findall(words)
    return next((one for one in found if one[2:] != "0.0"), found[0] if found else "")

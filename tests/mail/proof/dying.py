"""Kills its own process at a named point of sending: PROOF_DIE is "point:7", the seventh time.
Loaded through LEDGER_EXTRA_HOOKS in the processes of the proofs alone."""

import os
import signal
import smtplib
from collections.abc import Callable

from exchange.mail import smtp
from exchange.mail.actions import batches, sending

POINT, _, _COUNT = os.environ.get("PROOF_DIE", "nowhere:0").partition(":")
_left = int(_COUNT)


def here(point: str) -> None:
    """SIGKILL, if this is the point and the time."""
    global _left
    if point != POINT:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)


def around(owner: object, name: str, before: str = "", after: str = "") -> None:
    """Let a function of the program pass two points."""
    was: Callable[..., object] = getattr(owner, name)

    def passing(*words: object, **named: object) -> object:
        here(before)
        found = was(*words, **named)
        here(after)
        return found

    setattr(owner, name, passing)


def half_first(line: smtplib.SMTP, words: bytes | str) -> None:
    """The text goes in two halves, the dot by itself, as it does."""
    if isinstance(words, bytes) and words != b".\r\n" and len(words) > 100:
        _send(line, words[: len(words) // 2])
        here("half-text")
        _send(line, words[len(words) // 2 :])
        here("whole-text")
        return
    _send(line, words)
    if words == b".\r\n":
        here("after-dot")


_send = smtplib.SMTP.send
smtplib.SMTP.send = half_first  # type: ignore[method-assign]
around(smtp.Line, "_introduced", "before-mail", "after-mail")
around(smtplib.SMTP, "rcpt", "", "after-rcpt")
around(smtplib.SMTP, "docmd", "before-data", "after-data")
around(sending, "_begin", "before-noted", "after-noted")
around(smtp.Line, "_finish", "before-dot", "after-answer")
around(sending, "mark_sent", "before-sent", "after-sent")
around(batches, "mark_sent", "before-sent", "after-sent")

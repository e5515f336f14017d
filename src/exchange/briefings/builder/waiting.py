"""What of newsletters waits for a host: a second yes, or a look at why one has not gone out.
Shown by the desk's morning; registered by hooks."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from exchange.briefings.builder import rules
from exchange.briefings.models import Newsletter
from exchange.core.time import now
from exchange.core.waiting import Wait

_PHASE = Newsletter.Phase


def second() -> Wait | None:
    """Released by one host, where another must say yes."""
    count, oldest = _counted("released_at", phase=_PHASE.RELEASED)
    label = ngettext(
        "%(n)d newsletter to read before it goes out",
        "%(n)d newsletters to read before they go out",
        count,
    )
    return Wait(label % {"n": count}, _address(), count, oldest)


def late() -> Wait | None:
    """Their hour has passed, and a program or a host holds them."""
    count, oldest = _counted("send_at", phase=_PHASE.SCHEDULED, send_at__lt=now() - rules.LATE)
    label = ngettext(
        "%(n)d newsletter whose hour has passed",
        "%(n)d newsletters whose hour has passed",
        count,
    )
    return Wait(label % {"n": count}, _address(), count, oldest)


def _counted(name: str, **wanted: Any) -> tuple[int, Any]:
    rows: Any = Newsletter.objects
    there = rows.filter(sealed_at=None, **wanted).exclude(state="withdrawn")
    found = there.aggregate(count=Count("pk"), oldest=Min(name))
    return found["count"], found["oldest"]


def _address() -> str:
    return reverse("briefings-desk:newsletters")

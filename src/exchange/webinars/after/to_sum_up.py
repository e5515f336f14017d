"""What of an hour can be summed up elsewhere: its summary and its questions, as anybody reads them.
Registered with the kind by hooks; called through `contributions.kinds`."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from exchange.contributions.kinds import Told
from exchange.contributions.models import Contribution
from exchange.webinars import queries
from exchange.webinars.models import Asked, Summary

MOST = 20


def told(row: Contribution) -> list[Told]:
    """Nothing of what may not be seen: neither of the hour nor of a question."""
    if queries.public(row.pk) is None:
        return []
    return [*_summary(row.pk), *_questions(row.pk)]


def _summary(webinar_id: int) -> Iterator[Told]:
    row = Summary.objects.filter(webinar_id=webinar_id, state=Summary.State.OUT).first()
    if row is not None:
        points = "\n".join(f"- {point}" for point in row.points)
        text = "\n\n".join(filter(None, (row.text.strip(), points)))
        yield Told(_("The summary"), text, row.language, is_by_hosts=True)


def _questions(webinar_id: int) -> Iterator[Told]:
    rows = Asked.objects.filter(webinar_id=webinar_id, sealed_at=None).shown()
    for row in rows.order_by("-votes", "at", "pk")[:MOST]:
        text = f"{row.text}\n\n{row.answer}".strip() if row.answer else row.text
        yield Told(_("A question from the hour"), text, row.language)

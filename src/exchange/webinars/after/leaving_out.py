"""What was said in the hour and was taken down since stands neither in its summary, which took words
over as they were typed, nor in a letter that waits. Called by the hooks of this matter."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.webinars.models import Asked, Line, Summary

# Shorter words say nothing by themselves, and stand in many sentences.
_SHORTEST = 8


def leave_out(*, webinar_id: int) -> bool:
    """Take out of the summary what stands in it word for word. Whether anything did."""
    with transaction.atomic():
        row = Summary.objects.select_for_update(no_key=True).filter(webinar_id=webinar_id).first()
        if row is None:
            return False
        gone = sorted(_gone(webinar_id), key=len, reverse=True)
        text, takeaways = _without(row.text, gone), _without(row.takeaways, gone)
        if (text, takeaways) == (row.text, row.takeaways):
            return False
        row.text, row.takeaways = text, takeaways
        row.version, row.changed_at = row.version + 1, now()
        row.save(update_fields=["text", "takeaways", "version", "changed_at"])
        record("webinar.changed", subject_type="webinar", subject_id=webinar_id)
    return True


def stands_in(text: str, *, webinar_id: int) -> bool:
    """Whether something that was taken down stands in a letter that has not left yet."""
    plain = " ".join(text.split())
    return any(" ".join(words.split()) in plain for words in _gone(webinar_id))


def _gone(webinar_id: int) -> Iterator[str]:
    """As it was typed, and as the draft writes it."""
    down = Q(sealed_at__isnull=False) | Q(state="hidden")
    lines = Line.objects.filter(down, lane__webinar_id=webinar_id).values_list("text", flat=True)
    asked = Asked.objects.filter(down, webinar_id=webinar_id).values_list("text", "answer")
    for words in (*lines, *(one for pair in asked for one in pair)):
        parts = {words.strip(), " ".join(words.split()), words.strip().partition("\n")[0]}
        yield from (part for part in parts if len(part) >= _SHORTEST)


def _without(text: str, gone: list[str]) -> str:
    for words in gone:
        text = text.replace(words, "")
    return text

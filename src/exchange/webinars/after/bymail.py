"""A presenter without an account answers the letter that asked them: a host lets it out.
Registered by the hooks of this matter."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer
from exchange.webinars.after.opening import keep_mailed_answer
from exchange.webinars.models import Asked


def take_answer(arrived: Arrived) -> Outcome:
    """Keep the words for a host; nothing goes out by itself, whoever wrote them."""
    asked = _asked(arrived)
    if asked is None or asked.question_id is None:
        return Outcome("kept", "asked-of-nobody")
    if asked.answered_at is not None:
        return Outcome("kept", "asked-answered-before")
    words = arrived.opened.words.strip()
    if not words:
        return Outcome("kept", "asked-without-words")
    keep_mailed_answer(asked=asked, words=words)
    with override(asked.webinar.language):
        paper = Paper(
            _("Thank you for your answer"),
            (Piece("plain", _("A host reads it and puts it under the question.")),),
            asked.webinar.language,
        )
    answer(arrived, paper, code="asked-answer", token=None)
    return Outcome("done", "asked-answer", made_type="asked", made_id=asked.pk)


def _asked(arrived: Arrived) -> Asked | None:
    if arrived.token is None or arrived.trust == "fail":
        return None
    rows = Asked.objects.select_related("webinar", "presenter")
    return rows.filter(pk=arrived.token.item).first()

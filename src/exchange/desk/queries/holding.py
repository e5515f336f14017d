"""The words of a holding answer, ready in the language that is active.
Called by the view of this matter, inside `override(language)`."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.contributions.models import Contribution
from exchange.contributions.queries import newest_of_term
from exchange.conversation.offering.queries import asked_about

RECORDS = 2


def ready_words(question: Contribution) -> str:
    """Thanks, what is being done, and what may help meanwhile: true sentences alone."""
    asked = asked_about(question)
    parts = [_("Thank you for this question. We have seen it, and nobody has answered it yet.")]
    if asked:
        words = ngettext(
            "We have asked %(n)d member who works on this or near there.",
            "We have asked %(n)d members who work on this or near there.",
            asked,
        )
        parts.append(words % {"n": asked})
    parts.append(_("If you can tell a little more, write it under your question: it helps."))
    beside = _beside(question)
    if beside:
        parts += [_("This may help meanwhile:"), "\n".join(beside)]
    return "\n\n".join(parts)


def _beside(question: Contribution) -> list[str]:
    """Records of the library on the same topics, as links."""
    rows = [
        row
        for slug in question.topic_slugs
        for row in newest_of_term(f"topic:{slug}", "resource", RECORDS)
    ]
    once = {row.pk: row for row in rows}
    return [
        f"- [{row.title}]({settings.BASE_URL}{row.get_absolute_url()})"
        for row in list(once.values())[:RECORDS]
    ]

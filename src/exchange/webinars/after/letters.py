"""What is written after the hour, in the language that is active.
Called by `telling`, inside `override(language)`. Subjects tell nothing of what it is about."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.contributions.models import Contribution
from exchange.core.languages import current
from exchange.core.words import day
from exchange.mail.paper import Paper, Piece
from exchange.webinars.models import Asked, Seat, Summary, Way, Webinar


def link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def summed(webinar: Webinar, summary: Summary, seat: Seat) -> Paper:
    """To everybody who had a place: what to take away. Who takes part by mail gets all of it."""
    pieces = [
        Piece("heading", webinar.title, language=webinar.language),
        Piece("plain", _("The hour is summed up. What to take away:")),
        *(Piece("words", f"- {point}", language=summary.language) for point in summary.points),
    ]
    if seat.way == Way.MAIL:
        pieces.append(
            Piece(
                "words", summary.text, link(webinar.get_absolute_url()), language=summary.language
            )
        )
    pieces += [
        Piece("button", _("Read the summary"), link(webinar.get_absolute_url())),
        Piece("link", _("Say what it was worth to you:"), _opinion(seat)),
        _foot(),
    ]
    return Paper(_("What came of the webinar"), tuple(pieces), current())


def presenter_asked(asked: Asked, question: Contribution, due_on: date) -> Paper:
    """To a presenter: a question the hour had no time for."""
    return Paper(
        _("A question for you from the webinar"),
        (
            Piece("marker"),
            Piece("heading", asked.webinar.title, language=asked.webinar.language),
            Piece("plain", _("There was no time for this question. Could you answer it?")),
            Piece("quote", asked.text, language=asked.language),
            Piece("plain", _("Please answer by %(day)s. You can simply answer this mail; a few lines are enough.") % {"day": day(due_on)}),
            Piece("button", _("Read and answer"), link(question.get_absolute_url())),
            Piece("small", _("You get this because you spoke in the webinar.")),
        ),
        current(),
    )  # fmt: skip


def presenter_reminded(asked: Asked, question: Contribution, due_on: date) -> Paper:
    """To a presenter, three days before."""
    return Paper(
        _("A question still waits for you"),
        (
            Piece("marker"),
            Piece("quote", asked.text, language=asked.language),
            Piece("plain", _("It waits for your answer until %(day)s. You can simply answer this mail.") % {"day": day(due_on)}),
            Piece("button", _("Read and answer"), link(question.get_absolute_url())),
            Piece("small", _("You get this because you spoke in the webinar.")),
        ),
        current(),
    )  # fmt: skip


def overdue(asked: Asked, question: Contribution) -> Paper:
    """To the host: its day has passed."""
    return Paper(
        _("A question from a webinar is still open"),
        (
            Piece("plain", _("The day for an answer has passed, and nobody has answered:")),
            Piece("title", question.title, link(question.get_absolute_url()), question.language),
            Piece("button", _("See what is still open"), link(reverse("webinars-desk:after", args=[asked.webinar_id]))),
        ),
        current(),
    )  # fmt: skip


def answered(asked: Asked, question: Contribution) -> Paper:
    """To whoever asked: somebody has answered."""
    return Paper(
        _("Your question has an answer"),
        (
            Piece("plain", _("You asked this in a webinar. Now it has an answer:")),
            Piece("quote", asked.text, language=asked.language),
            Piece("button", _("Read the answer"), link(question.get_absolute_url())),
            _foot(),
        ),
        current(),
    )


def _opinion(seat: Seat) -> str:
    return link(reverse("webinars:opinion", args=[seat.key]))


def _foot() -> Piece:
    return Piece("small", _("You get this because you had a place in this webinar."))

"""Mails that hold somebody's words, when those leave a brief: what has not gone is stopped, and of
what went no word stays here. Called by the actions of quoting, inside their transactions."""

from __future__ import annotations

from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import words
from exchange.contributions import mails
from exchange.mail.actions import forget_mails, stop_mails
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.receiving import keeping


def about(quote: Quoted) -> str:
    """The beginning of the key of every letter about one quote; they leave with the brief too."""
    return f"{mails.about(quote.brief_id)}:quote:{quote.pk}"


def letters(quote: Quoted) -> None:
    """What asked them, and what they answered: people's mail programs quote our letter."""
    mails.forget(about(quote))
    answers = IncomingMail.objects.filter(made_type="quote", made_id=quote.pk)
    for arrival in answers.values_list("arrival", flat=True):
        keeping.forget(arrival)
    answers.update(subject="", words="", cut="")


def mails_with(brief: Brief, said: str) -> None:
    """Letters about the brief in which the words stand. Digests are written anew by alerts."""
    rows = OutgoingMail.objects.filter(key__startswith=f"{mails.about(brief.pk)}:")
    found = {
        pk
        for pk, *texts in rows.exclude(text="").values_list("pk", "subject", "text")
        if any(words.is_left(said, text) for text in texts)
    }
    stop_mails(ids=found)
    forget_mails(ids=found)

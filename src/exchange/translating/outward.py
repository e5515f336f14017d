"""The doors of this room: one text in other languages, what people ask for, letters about it.
Loaded by apps.py; opened by the test of every door."""

from django.urls import reverse

from exchange.core import doors
from exchange.mail.models import OutgoingMail
from exchange.translating.rules import KINDS


def _letters(marked: doors.Marked) -> str:
    rows = OutgoingMail.objects.filter(purpose="translation-told")
    return " ".join(" ".join(one) for one in rows.values_list("subject", "text", "html"))


doors.by_page(
    "its languages",
    pages=lambda marked: [
        reverse("translating:text", args=[marked.pk])
        + (f"?answer={marked.reply_id}" if marked.reply_id else "")
    ],
    routes=["translating:text"],
    kinds=KINDS,
    answers_too=True,
    stays_when_ended=True,
)

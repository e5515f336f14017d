"""The doors of this room: the page of each kind with its answers, and the way to follow it.
Loaded by apps.py; opened by the test of every door."""

from django.urls import reverse

from exchange.core import doors

TALKED_ABOUT = ("question", "experience", "idea", "discussion", "notice")

doors.by_page(
    "its own page",
    pages=lambda marked: [marked.address],
    routes=[f"conversation:{kind}" for kind in TALKED_ABOUT],
    kinds=TALKED_ABOUT,
    answers_too=True,
    stays_when_ended=True,
)
doors.by_page(
    "following it",
    pages=lambda marked: [reverse("conversation:following", args=[marked.pk])],
    routes=["conversation:following"],
    kinds=TALKED_ABOUT,
    stays_when_ended=True,
)

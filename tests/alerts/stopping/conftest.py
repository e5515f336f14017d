"""Links of every sort to stop amina's mail, and mails to stop+…@.
Read by pytest alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exchange.mail import tokens
from exchange.mail.tokens import What
from exchange.members.models import Member


@pytest.fixture
def link(amina: Member) -> Callable[..., str]:
    """The address of a stop page, as it stands in a header (or in a text)."""

    def link(what: What, item: int = 0, *, person: int = 0, days: int | None = None) -> str:
        token = tokens.make(what, person=person or amina.pk, item=item, days=days)
        return reverse("alerts:stop", args=[token])

    return link


@pytest.fixture
def click(db: None) -> Callable[..., object]:
    """What a mail program sends for its one button: no cookie, no Referer."""

    def click(page: str, /, **words: str) -> object:
        body = words or {"List-Unsubscribe": "One-Click"}
        return Client(enforce_csrf_checks=True).post(page, body)

    return click

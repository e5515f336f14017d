"""`python -m tests.briefings.sending.proof.seed COUNT`: a host, an issue in English and Kiswahili that
tells of one question, and so many people who said yes. Run by the proof in a process of its own."""

from __future__ import annotations

import sys
from datetime import date

import django


def main(count: int) -> None:
    """Everything by the actions that pages call; the subscribers at once."""
    from exchange.briefings.builder import actions as builder
    from exchange.briefings.models import Item, Newsletter
    from exchange.contributions.actions import submit
    from exchange.contributions.content import Content
    from tests import cast

    host, amina = cast.beatriz(), cast.amina()
    content = Content(title="Who opens your meetings?", body="We take turns.")
    question = submit(kind="question", content=content, author=amina)
    issue = builder.begin(
        name="November",
        since=date(2026, 11, 1),
        until=date(2026, 11, 30),
        languages=["en", "sw"],
        hubs=[],
        by=host,
    )
    subscribe(count)
    for edition in Newsletter.objects.filter(issue=issue):
        Newsletter.objects.filter(pk=edition.pk).update(title=f"News in {edition.language}")
        Item.objects.get_or_create(
            newsletter=edition, contribution=question, defaults={"section": "waiting"}
        )
        builder.release(edition=Newsletter.objects.get(pk=edition.pk), by=host)


def subscribe(count: int) -> None:
    """reader0@example.net in English, reader1@example.net in Kiswahili, and so on."""
    from exchange.briefings.models import Subscriber
    from exchange.core.time import now
    from exchange.mail.tokens import digest

    addresses = [f"reader{number}@example.net" for number in range(count)]
    Subscriber.objects.bulk_create(
        Subscriber(
            address=address,
            digest=digest(address),
            language=language_of(number),
            state="confirmed",
            confirmed_at=now(),
        )
        for number, address in enumerate(addresses)
    )


def language_of(number: int) -> str:
    return ("en", "sw")[number % 2]


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))

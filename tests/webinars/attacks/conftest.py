"""What attacks begin with: meters that are fresh, a guest's browser, a presenter without an account.
Read by pytest alone."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from exchange.webinars.dialogue import pace
from exchange.webinars.models import Presenter, Seat, Webinar


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    yield
    for meter in (pace.BROWSER, pace.VOTES, pace.CHOICES, pace.LINE, pace.PLACE):
        meter.forget()
    cache.clear()


@pytest.fixture
def guests_phone(guest: Seat) -> Client:
    """A guest's, who has opened the link of their place."""
    client = Client()
    client.get(f"/webinars/seats/{guest.key}/")
    return client


@pytest.fixture
def presenter(live: Webinar) -> Presenter:
    """Somebody without an account who has agreed to speak."""
    return Presenter.objects.create(
        webinar=live, name="Neema", email="neema@example.org", answer="agreed"
    )

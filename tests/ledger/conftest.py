"""An empty registry for each test, and a short way to let something happen.
Read by pytest alone."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction

from exchange.ledger import registry
from exchange.ledger.actions import record
from exchange.ledger.models import Event


@pytest.fixture(autouse=True)
def _nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "consumers", {})
    monkeypatch.setattr(registry, "clocks", {})


@pytest.fixture
def happen() -> Callable[..., Event]:
    """Record that something happened to thing 7."""

    def happen(kind: str = "thing.happened", subject_id: int = 7, **more: object) -> Event:
        with transaction.atomic():
            return record(kind, subject_type="thing", subject_id=subject_id, **more)

    return happen


@dataclass
class Host:
    """Whoever decides; the ledger needs to know the number alone."""

    pk: int = 42


@pytest.fixture
def by() -> Host:
    return Host()

"""What the tests of sound begin with: a webinar that is live with sound, and one radio for a module.
Read by pytest alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models import Phase, Seat, Webinar
from tests.webinars.conftest import planned, seated
from tests.webinars.sound.radio import Radio, speech


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    """Sound of one test lies in a folder of its own."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def hour(beatriz: Member) -> Webinar:
    """One with sound that has begun."""
    begun = now().replace(microsecond=0) - timedelta(minutes=20)
    return planned(beatriz, starts_at=begun, phase=Phase.LIVE, went_live_at=begun, has_sound=True)


@pytest.fixture
def place_taken(hour: Webinar, amina: Member) -> Seat:
    return seated(hour, amina)


@pytest.fixture(scope="module")
def radio(tmp_path_factory: Any) -> Iterator[Radio]:
    folder = tmp_path_factory.mktemp("radio")
    radio = Radio(folder, speech(folder)).start()
    try:
        yield radio
    finally:
        radio.stop()


@pytest.fixture
def client_of() -> Any:
    """A new browser for each: `client_of()`."""
    return Client

"""What the tests of rooms begin with: a running engine, set up as the operator would.
Read by pytest alone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models import Engine, Phase, Webinar
from exchange.webinars.rooms import breaker
from tests.webinars.conftest import planned
from tests.webinars.rooms import stub_bbb
from tests.webinars.rooms.stub_bbb import SECRET, Stub


@pytest.fixture(autouse=True)
def _engines_are_asked_anew() -> Iterator[None]:
    breaker.forget()
    yield
    breaker.forget()


@pytest.fixture(scope="session")
def _one_stub() -> Iterator[Stub]:
    with stub_bbb.running() as stub:
        yield stub


@pytest.fixture
def stub(_one_stub: Stub, settings: Any) -> Stub:
    """Empty again for each test."""
    fresh = Stub(base=_one_stub.base)
    _one_stub.__dict__.clear()
    _one_stub.__dict__.update(fresh.__dict__)
    settings.BBB = f"{_one_stub.base}/ {SECRET}"
    return _one_stub


@pytest.fixture
def roomy(beatriz: Member, stub: Stub) -> Webinar:
    """A live webinar with a room at the engine."""
    begun = now().replace(microsecond=0) - timedelta(minutes=5)
    columns = {"starts_at": begun, "phase": Phase.LIVE, "went_live_at": begun}
    return planned(beatriz, engine=Engine.BBB, has_sound=True, **columns)

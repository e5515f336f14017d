"""The web process refuses to serve what is not safe.
Read by pytest alone."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from exchange.core import gates
from exchange.project.wsgi import refuse_when_unsafe


def test_with_its_gates_it_serves() -> None:
    refuse_when_unsafe()


def test_without_a_gate_it_does_not_serve_the_public(
    monkeypatch: pytest.MonkeyPatch, settings: pytest.FixtureRequest
) -> None:
    settings.PRODUCTION = True
    settings.MODE = "production"
    monkeypatch.setattr(gates, "_gates", {})

    with pytest.raises(ImproperlyConfigured):
        refuse_when_unsafe()

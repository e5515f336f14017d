"""The tables of the writing room are made while others write."""

import pytest
from django.db import connection

from exchange.writing.management.commands import make_tables


def test_others_get_their_turn_between_two_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(make_tables.time, "sleep", pauses.append)
    command = make_tables.Command()
    command.verbosity = 0
    command.migration_progress_callback("apply_start")
    assert not pauses
    command.migration_progress_callback("apply_success")
    assert pauses == ([make_tables.PAUSE] if connection.vendor == "sqlite" else [])

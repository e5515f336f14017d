"""The world of the tests of access: made once for a file of tests.
Read by pytest alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access import world
from tests.access.marks import World


@pytest.fixture(scope="module")
def here(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    with django_db_blocker.unblock(), world.made(tmp_path_factory.mktemp("access")) as made:
        yield made

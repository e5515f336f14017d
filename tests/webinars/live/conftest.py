"""One live process for all tests of a module; each test is given it well, and with its port poked.
Read by pytest alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.webinars.live.process import Live, running, until


@pytest.fixture(scope="module")
def process(django_db_setup: None, tmp_path_factory: Any) -> Iterator[Live]:
    data: Path = tmp_path_factory.mktemp("live")
    with running(data) as live:
        yield live


@pytest.fixture
def wire(process: Live, settings: Any) -> Iterator[Live]:
    """The shared process, standing; what a test connected is hung up behind it."""
    settings.LIVE_PORT = process.port
    if process.program.poll() is not None:
        process.start()
    until(process.is_well)
    yield process
    for reader in process.readers:
        reader.close()
    process.readers.clear()

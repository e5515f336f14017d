"""What the tests of files share: a folder of their own, and a record that Amina added.
Read by pytest alone."""

from pathlib import Path

import pytest

from exchange.library.files import actions
from exchange.library.models import File, Resource
from exchange.members.models import Member
from tests.library.files import made


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> None:
    passing = tmp_path / "tmp"
    passing.mkdir()
    settings.DATA_DIR, settings.FILE_UPLOAD_TEMP_DIR = tmp_path, passing
    settings.LIBRARY_STORE = settings.SCANNER = ""


@pytest.fixture
def ours(record: Resource, amina: Member) -> Resource:
    """A record that Amina added."""
    record.author = amina
    record.save(update_fields=["author"])
    return record


@pytest.fixture
def out(ours: Resource, beatriz: Member) -> File:
    """A file of it that everybody may see: a host sent it."""
    words = made.sent(b"What people did before anybody came. " * 300)
    return actions.keep(upload=words, by=beatriz, resource=ours, name="Report of May.txt")

"""Before the writing room first opened it has no tables, and a dossier is made and emptied all the same."""

import pytest

from exchange.desk.writing import kept
from exchange.members import dossier
from exchange.members.models import Member

pytestmark = pytest.mark.django_db


def test_without_a_writing_room_there_is_nothing_to_tell(beatriz: Member) -> None:
    assert dossier.export(beatriz)["desk"]["writing"] == {}

    kept.erase(beatriz.pk)

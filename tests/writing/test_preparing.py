"""Which tables the writing room still needs, asked without loading one migration."""

import sys

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from exchange.writing.preparing import OURS, missing
from launch.preparing import OF_THE_WRITING_ROOM

pytestmark = pytest.mark.django_db


def test_a_new_database_needs_them_all_and_a_prepared_one_none() -> None:
    wanted = missing()
    recorder = MigrationRecorder(connection)

    for app, name in wanted:
        recorder.record_applied(app, name)

    assert {"wagtailcore", "wagtailimages", "taggit", "writing"} <= {app for app, _name in wanted}
    assert not {"members", "briefings"} & {app for app, _name in wanted}
    assert missing() == set()


def test_an_older_backup_lacks_the_newest() -> None:
    recorder = MigrationRecorder(connection)
    wanted = sorted(missing())
    for app, name in wanted[:-1]:
        recorder.record_applied(app, name)

    assert missing() == {wanted[-1]}
    assert "wagtail.migrations.0001_initial" not in sys.modules


def test_the_launcher_leaves_the_same_ones_alone() -> None:
    assert set(OURS) == set(OF_THE_WRITING_ROOM)

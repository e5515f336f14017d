"""Makes the tables of the writing room before it first serves, and after an update or an older backup.
Called by project.writing_wsgi when its process starts; the ordinary start never does this."""

import fcntl
import os
import pkgutil
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

# The launcher asks about all others, by these same beginnings (launch/preparing.py).
OURS = ("writing", "taggit", "wagtail")


def prepare() -> None:
    """Quick when nothing is missing: names are compared, and no migration is loaded."""
    if not missing():
        return
    with Path(settings.DATA_DIR, ".prepare.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if missing():
            _migrate()


def missing() -> set[tuple[str, str]]:
    """Migrations of the writing room that this database does not have."""
    applied = MigrationRecorder(connection).applied_migrations()
    wanted = {
        (config.label, name)
        for config in apps.get_app_configs()
        if config.label.startswith(OURS)
        for name in _names(f"{config.name}.migrations")
    }
    return wanted - set(applied)


def _names(package: str) -> list[str]:
    if find_spec(package) is None:
        return []
    return [found.name for found in pkgutil.iter_modules(import_module(package).__path__)]


def _migrate() -> None:
    """In a program of its own: what two hundred migrations load would stay with this one."""
    words = [sys.executable, "-m", "exchange", "make_tables", "--verbosity", "0"]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "exchange.project.writing_settings"}
    subprocess.run(words, env=env, check=True)  # noqa: S603 - our own command

"""`make_tables`: the migrations of the writing room, one after the other and with room between them.
Run by `writing.preparing` while the Exchange is at work."""

import time
from typing import Any

from django.core.management.commands import migrate
from django.db import connection

# SQLite lets one write at a time, and who waits looks every tenth of a second. Two hundred
# migrations without a pause kept everybody else from writing until they gave up.
PAUSE = 0.12


class Command(migrate.Command):
    help = "Makes the tables of the writing room, letting others write in between."

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        super().migration_progress_callback(action, migration, fake)
        if action == "apply_success" and connection.vendor == "sqlite":
            time.sleep(PAUSE)

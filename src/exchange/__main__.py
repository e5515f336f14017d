"""The management command line, `python -m exchange <command>`.
Called by the launcher and by people who know Django's manage.py."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command with the Exchange's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.project.settings")
    execute_from_command_line([os.path.basename(sys.argv[0]), *sys.argv[1:]])


if __name__ == "__main__":
    main()

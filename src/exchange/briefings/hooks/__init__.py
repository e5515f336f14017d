"""What briefs and newsletters add to the house, a file for each matter.
Loaded by apps.py when the program starts."""

from exchange.briefings import dossier
from exchange.briefings.hooks import (
    archive,
    briefs,
    builder,
    kind,
    quoting,
    sending,
    subscribing,
    writing,
)

__all__ = [
    "archive",
    "briefs",
    "builder",
    "dossier",
    "kind",
    "quoting",
    "sending",
    "subscribing",
    "writing",
]

"""What the library adds to the house, a file for each matter.
Loaded by apps.py when the program starts."""

from exchange.library import dossier
from exchange.library.hooks import (
    bringing,
    depositing,
    entering,
    files,
    giving,
    health,
    kind,
    ladder,
    made_by,
    practice,
    reading,
    shelving,
)

__all__ = [
    "bringing",
    "depositing",
    "dossier",
    "entering",
    "files",
    "giving",
    "health",
    "kind",
    "ladder",
    "made_by",
    "practice",
    "reading",
    "shelving",
]

"""The doors of this room, a file for each matter.
Loaded by apps.py; opened by the test of every door."""

from exchange.library.outward import (
    bringing,
    depositing,
    files,
    giving,
    health,
    ladder,
    practice,
    reading,
    records,
    shelving,
)

__all__ = [
    "bringing",
    "depositing",
    "files",
    "giving",
    "health",
    "ladder",
    "practice",
    "reading",
    "records",
    "shelving",
]

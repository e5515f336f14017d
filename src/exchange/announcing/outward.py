"""The outward doors of this room.
Loaded by apps.py; opened by the test of every door."""

"""The doors of this room, a file for each matter.
Loaded by apps.py; opened by the test of every door."""

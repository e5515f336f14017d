"""Doors of the library: the files of a record.
Loaded by outward/__init__.py."""

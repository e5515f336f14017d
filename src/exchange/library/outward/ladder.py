"""Doors of the library: the short versions of a record.
Loaded by outward/__init__.py."""

"""Doors of the library: collections and shelves.
Loaded by outward/__init__.py."""

"""Doors of the library: records carried away.
Loaded by outward/__init__.py."""

"""Doors of the library: records brought in from elsewhere.
Loaded by outward/__init__.py."""

"""Doors of the library: the light reading view.
Loaded by outward/__init__.py."""

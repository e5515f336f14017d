"""Doors of the library: links and figures.
Loaded by outward/__init__.py."""

"""Doors of the library: adding a record, and the talk about it with a host.
Loaded by outward/__init__.py."""

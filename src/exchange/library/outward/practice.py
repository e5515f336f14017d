"""Doors of the library: what people did with a record.
Loaded by outward/__init__.py."""

"""The outward doors of rooms.
Loaded by outward/__init__.py."""

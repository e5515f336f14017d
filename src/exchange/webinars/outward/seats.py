"""The outward doors of seats.
Loaded by outward/__init__.py."""

"""The outward doors of calendars.
Loaded by outward/__init__.py."""

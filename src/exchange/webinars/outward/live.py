"""The outward doors of live.
Loaded by outward/__init__.py."""

"""The outward doors of after.
Loaded by outward/__init__.py."""

"""The outward doors of building newsletters.
Loaded by outward/__init__.py."""

"""The outward doors of getting and stopping newsletters.
Loaded by outward/__init__.py."""

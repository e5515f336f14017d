"""The outward doors of lanes.
Loaded by outward/__init__.py."""

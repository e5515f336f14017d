"""The outward doors of sound.
Loaded by outward/__init__.py."""

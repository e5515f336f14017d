"""The outward doors of dialogue.
Loaded by outward/__init__.py."""

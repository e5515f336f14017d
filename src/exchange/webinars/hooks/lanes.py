"""What lanes adds to the house.
Loaded by hooks/__init__.py."""

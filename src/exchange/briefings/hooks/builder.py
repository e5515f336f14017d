"""What building newsletters adds to the house.
Loaded by hooks/__init__.py."""

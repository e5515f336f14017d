"""What newsletters to read again adds to the house.
Loaded by hooks/__init__.py."""

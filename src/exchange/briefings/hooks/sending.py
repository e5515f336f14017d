"""What newsletters on their way adds to the house.
Loaded by hooks/__init__.py."""

"""What follows in the library from events: records carried away.
Loaded by hooks/__init__.py."""

"""What follows in the library from events: records brought in from elsewhere.
Loaded by hooks/__init__.py."""

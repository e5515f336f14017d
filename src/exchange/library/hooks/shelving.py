"""What follows in the library from events: collections and shelves.
Loaded by hooks/__init__.py."""

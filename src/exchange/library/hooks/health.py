"""What follows in the library from events: links and figures.
Loaded by hooks/__init__.py."""

"""What follows in the library from events: the light reading view.
Loaded by hooks/__init__.py."""

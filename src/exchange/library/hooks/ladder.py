"""What follows in the library from events: the short versions of a record.
Loaded by hooks/__init__.py."""

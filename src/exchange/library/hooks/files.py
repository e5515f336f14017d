"""What follows in the library from events: the files of a record.
Loaded by hooks/__init__.py."""

"""What follows in the library from events: what people did with a record.
Loaded by hooks/__init__.py."""

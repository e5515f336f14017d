"""What follows in the library from events: adding a record, and the talk about it with a host.
Loaded by hooks/__init__.py."""

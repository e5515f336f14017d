"""The outward doors of this room: none that lets out what is published. What people write to the
hosts is read by hosts. Loaded by apps.py; opened by the test of every door."""

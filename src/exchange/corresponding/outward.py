"""The outward doors of this room: none that lets out what is published. What two people write to
each other is read by these two. Loaded by apps.py; opened by the test of every door."""

"""The outward doors of getting and stopping newsletters: none. Its pages and letters hold our own
words alone; they are named in the list of what is no door. Loaded by outward/__init__.py."""

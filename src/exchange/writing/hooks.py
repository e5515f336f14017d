"""What the writing room adds to the house.
Loaded by apps.py when its process starts."""

"""What this room adds to the house: what is told elsewhere.
Loaded by apps.py when the program starts."""

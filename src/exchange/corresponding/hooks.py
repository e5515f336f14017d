"""What the corresponding room adds to the house.
Loaded by apps.py when the program starts."""

"""What the translating room adds to the house.
Loaded by apps.py when the program starts."""

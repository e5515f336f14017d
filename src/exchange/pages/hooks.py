"""What the front pages add to the house: what hosts chose for every page, and the end of its days.
Loaded by apps.py when the program starts."""

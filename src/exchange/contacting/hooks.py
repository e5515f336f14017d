"""What this room adds to the house: words that people send to the hosts.
Loaded by apps.py when the program starts."""

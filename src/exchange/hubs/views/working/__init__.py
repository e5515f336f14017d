"""The pages of what a group keeps for itself, a file for each matter.
Called by `urls/working.py`."""

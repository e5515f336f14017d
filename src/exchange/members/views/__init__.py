"""The pages of the members room: the door, the member's own pages, the second factor.
Called by `urls.py` alone."""

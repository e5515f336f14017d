"""The pages of the organisations room.
Called by urls.py alone."""

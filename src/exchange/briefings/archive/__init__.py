"""Newsletters that were sent, to read again: the list, each page, the feed.
Called by the views of this room."""

"""Stopping by one click, by a page and by mail: exactly one thing of one person; and back again.
Called by the views and hooks of this room."""

"""Mentor pairs: two people of a group who write to each other, with a question a month.
For the views, handlers of mail and hooks of this room."""

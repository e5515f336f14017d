"""Coming into a hub or a group, one's role there, and leaving.
For the views and hooks of this room, and for whoever brings somebody in."""

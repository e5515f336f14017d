"""Inviting people into a hub or a group: by a link, or by letters to a list of addresses.
For the views, handlers of mail and hooks of this room."""

"""What people write in a hub or a working group: where it goes, who reads it first, its list.
Called by the views and actions of this room and of those above."""

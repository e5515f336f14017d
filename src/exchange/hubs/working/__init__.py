"""What a group keeps for itself: meetings with their agenda and notes, decisions, shared drafts, points of
action and files. Called by the views and hooks of this room."""

"""The desk's reads: the morning queue, the log of decisions, the people.
Called by the desk's views."""

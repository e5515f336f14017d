"""Newsletters on their way: exactly one for each person, whatever is killed.
Its actions are called by the pages, mails and clocks of this room."""

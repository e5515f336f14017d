"""Whose words stand in a brief: asking them, taking their words out again.
Its actions are called by the pages, mails and clocks of this room."""

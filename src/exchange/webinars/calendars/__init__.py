"""Calendars: invitations to one person, files and a feed for everybody.
Its actions are called by the pages, mails and clocks of this room."""

"""Sound over a thin line: taken from one browser, heard by many, kept in pieces.
Its actions are called by the pages, mails and clocks of this room."""

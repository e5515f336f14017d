"""Briefs: from a talk to one page, with credit, sources and a day to look again.
Its actions are called by the pages, mails and clocks of this room."""

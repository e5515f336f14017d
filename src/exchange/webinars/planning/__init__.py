"""Planning a webinar: its words, time, people, and how far it has come.
Its actions are called by the pages, mails and clocks of this room."""

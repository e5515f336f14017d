"""Who takes part: registering, waiting, groups, reminders, by page and by mail.
Its actions are called by the pages, mails and clocks of this room."""

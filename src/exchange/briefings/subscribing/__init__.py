"""Getting newsletters without joining, as a member, and stopping them.
Its actions are called by the pages, mails and clocks of this room."""

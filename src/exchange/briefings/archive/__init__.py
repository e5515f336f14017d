"""What was sent, to read again: pages and a feed.
Its actions are called by the pages, mails and clocks of this room."""

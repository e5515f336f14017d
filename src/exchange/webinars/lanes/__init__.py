"""Text that runs along in several languages, and slides in step.
Its actions are called by the pages, mails and clocks of this room."""

"""What stays: summary, open questions, recording, opinions, certificates.
Its actions are called by the pages, mails and clocks of this room."""

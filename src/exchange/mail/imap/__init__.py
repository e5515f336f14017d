"""A mailbox at a provider, asked every two minutes: for those who have no port of their own.
Only when EXCHANGE_IMAP is set; plugged in by `mail.hooks.imap`."""

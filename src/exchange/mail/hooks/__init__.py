"""What mail listens to, a file for each matter: mail that goes, mail that comes, what comes back.
Loaded by `apps.py`."""

from exchange.mail.hooks import bounces, imap, receiving, sending, services

__all__ = ["bounces", "imap", "receiving", "sending", "services"]

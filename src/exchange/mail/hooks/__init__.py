"""What mail listens to, a file for each matter: mail that goes, mail that comes, what comes back.
Loaded by `apps.py`."""

from exchange.mail.hooks import sending

__all__ = ["sending"]

"""What alerts add to the house, a file for each matter.
Loaded by apps.py when the program starts."""

from exchange.alerts import dossier
from exchange.alerts.hooks import channels, telling

__all__ = ["channels", "dossier", "telling"]

"""Whether the Exchange has opened: the first time nothing is missing, that day is written down.
Called by the middleware; `readiness` knows what is missing."""

from exchange.core import readiness
from exchange.safeguarding.models import Opening


def is_open() -> bool:
    """True from the first moment everything is in order."""
    if Opening.objects.exists():
        return True
    if readiness.missing():
        return False
    Opening.objects.create()
    return True

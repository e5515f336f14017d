"""What people type on the contact page, in one place.
Used by the tests of letters to the hosts."""

from datetime import timedelta
from typing import Any

from django.core import signing

from exchange.core.time import now

ASKED = "May our network use your booklet in a training in May?"
OF_A_CHILD = "Akinyi, a girl of 9 years from Kilimo village, is beaten at home."
ADDRESS = "zawadi@example.org"


def typed(**other: Any) -> dict[str, Any]:
    """A letter of Zawadi, who took a minute to write it."""
    begun = int((now() - timedelta(minutes=1)).timestamp())
    return {
        "about": "question",
        "words": ASKED,
        "address": ADDRESS,
        "name": "Zawadi",
        "language": "en",
        "shown": signing.dumps(begun, salt="exchange.contacting.shown"),
        "once": "form-1",
        **other,
    }

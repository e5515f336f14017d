"""The outward doors of dialogue: letters about a question that came by mail.
Loaded by outward/__init__.py."""

from exchange.core import doors
from exchange.mail.queries import words_held
from exchange.webinars.dialogue import letters

doors.by_hand(
    "webinars: letters about a question",
    reads=lambda marked: words_held(containing=marked.word),
    consumers=["webinars.tell_fate"],
    purposes=[letters.PURPOSE],
    kinds=["webinar"],
)

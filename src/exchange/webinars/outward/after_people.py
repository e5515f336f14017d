"""The outward doors of what people say after the hour.
Loaded by outward/__init__.py."""

from exchange.core import doors
from exchange.mail.queries import words_held
from exchange.webinars.after import tried_asking

doors.by_hand(
    "webinars: the note of the thirtieth day",
    reads=lambda marked: words_held(containing=marked.word),
    consumers=["webinars.ask_tried"],
    purposes=[tried_asking.PURPOSE],
    kinds=["webinar"],
)

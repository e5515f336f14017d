"""The outward doors of what stays after the hour: letters about it.
Loaded by outward/__init__.py. The record is behind the library's own doors."""

from exchange.core import doors
from exchange.mail.queries import words_held
from exchange.webinars.after import telling

doors.by_hand(
    "webinars: letters after the hour",
    reads=lambda marked: words_held(containing=marked.word),
    consumers=[
        "webinars.tell_summed",
        "webinars.ask_presenter",
        "webinars.tell_asker",
        "webinars.remind_presenters",
    ],
    purposes=[telling.SUMMED, telling.ASKED, telling.DUE],
    kinds=["webinar"],
)

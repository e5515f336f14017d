"""The outward doors of newsletters on their way.
Loaded by outward/__init__.py."""

from exchange.briefings.sending import keys
from exchange.core import doors
from exchange.mail.queries import words_held

doors.by_hand(
    "briefings: newsletters, waiting or kept",
    reads=lambda marked: words_held(containing=marked.word),
    consumers=[
        *("briefings.send_first", "briefings.send_more", "briefings.send_again"),
        *("briefings.send_again_more", "briefings.send_due"),
    ],
    purposes=[keys.PURPOSE, keys.TEST],
    kinds=["newsletter"],
)

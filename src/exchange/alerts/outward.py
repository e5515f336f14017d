"""The door of this room: the letters about what people share.
Loaded by apps.py; opened by the test of every door."""

from django.urls import reverse

from exchange.core import doors
from exchange.mail.queries import words_held

CONSUMERS = (
    "alerts.find_followers",
    "alerts.tell_follower",
    "alerts.tell_watcher",
    "alerts.release",
    "alerts.tell_author",
    "alerts.tell_answerer",
    "alerts.pass_note_on",
    "alerts.pass_answer_note_on",
    "alerts.pass_change_note_on",
    "alerts.tell_changer",
    "alerts.tell_searcher",
    "alerts.build_digests",
    "alerts.offers",
    "alerts.ask_to_share",
    "alerts.find_inside",
    "alerts.tell_inside",
    "alerts.release_inside",
    "mail.send",
    "mail.send_bulk",
    "mail.send_batch",
)

# The outbox shows what the mail room holds; it stands on the own machine alone.
doors.by_hand(
    "letters, waiting or kept",
    reads=lambda marked: words_held(containing=marked.word),
    routes=["mail:letters", "mail:letter", "mail:raw"],
    consumers=CONSUMERS,
    purposes=["alert", "digest", "text", "found", "offer", "inside", "inside-asked"],
    answers_too=True,
)

doors.by_page(
    "why it came",
    pages=lambda marked: [reverse("alerts:why", args=[f"contribution:{marked.pk}"])],
    routes=["alerts:why"],
    stays_when_ended=True,
)

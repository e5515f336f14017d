"""The hosts' pages, and the page where an author asks for another host.
Read by urls.py alone."""

from exchange.desk.views.asked_again import appeal, appeals, ask_contribution, ask_reply
from exchange.desk.views.mailroom import mail, mail_decision, mailbox, mailbox_new
from exchange.desk.views.people import end_pause, pause, people, person, welcome
from exchange.desk.views.queue import (
    contribution_decision,
    delivery_decision,
    looking,
    morning,
    reply_decision,
    revision_decision,
)
from exchange.desk.views.record import held, log, table

__all__ = [
    "appeal",
    "appeals",
    "ask_contribution",
    "ask_reply",
    "contribution_decision",
    "delivery_decision",
    "end_pause",
    "held",
    "log",
    "looking",
    "mail",
    "mail_decision",
    "mailbox",
    "mailbox_new",
    "morning",
    "pause",
    "people",
    "person",
    "reply_decision",
    "revision_decision",
    "table",
    "welcome",
]

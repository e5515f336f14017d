"""Queueing a mail, sending it once, letting it go, forgetting it.
`queue_mail`, `queue_many`, `drop_queued`, `forget_words` and `forget_address` are for every room;
the rest is for `mail.hooks`."""

from exchange.mail.actions.batches import send_batch
from exchange.mail.actions.deciding import drop, reopen
from exchange.mail.actions.forgetting import (
    FAREWELL,
    KEEP_DAYS,
    blank_farewells,
    blank_old,
    drop_queued,
    forget_address,
    forget_mails,
    forget_person,
    forget_words,
    stop_mails,
)
from exchange.mail.actions.queueing import NOBODY, About, Queued, queue, queue_mail, queue_many
from exchange.mail.actions.sending import send

__all__ = [
    "FAREWELL",
    "KEEP_DAYS",
    "NOBODY",
    "About",
    "Queued",
    "blank_farewells",
    "blank_old",
    "drop",
    "drop_queued",
    "forget_address",
    "forget_mails",
    "forget_person",
    "forget_words",
    "queue",
    "queue_mail",
    "queue_many",
    "reopen",
    "send",
    "send_batch",
    "stop_mails",
]

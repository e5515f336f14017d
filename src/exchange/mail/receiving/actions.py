"""What can be done with mail that comes in.
`take`, `settle`, `vouch`, `try_again` and `forget_person` are for other rooms; the rest is for
`mail.hooks`."""

from exchange.mail.receiving.handling import handle
from exchange.mail.receiving.settling import (
    AlreadySettled,
    forget_old,
    forget_person,
    keep_stranded,
    reopen,
    settle,
    try_again,
    vouch,
)
from exchange.mail.receiving.taking import bring_back_lost, take, take_in

__all__ = [
    "AlreadySettled",
    "bring_back_lost",
    "forget_old",
    "forget_person",
    "handle",
    "keep_stranded",
    "reopen",
    "settle",
    "take",
    "take_in",
    "try_again",
    "vouch",
]

"""Every change to the dialogue of a webinar, in one transaction each, with its live event.
Called by pages, mail, safeguarding's seam and the clock alike."""

from exchange.webinars.dialogue.actions.asking import ask, vote
from exchange.webinars.dialogue.actions.deciding import (
    answer,
    decline,
    hide,
    join_to,
    let_back,
    put_back,
    show,
    take_up,
)
from exchange.webinars.dialogue.actions.doors import say_to_all, set_door
from exchange.webinars.dialogue.actions.hands import call_hand, lower_hand, raise_hand
from exchange.webinars.dialogue.actions.polling import (
    choose,
    close_poll,
    drop_poll,
    open_poll,
    prepare_poll,
)
from exchange.webinars.dialogue.actions.saying import hide_said, let_out_said, say

__all__ = [
    "answer",
    "ask",
    "call_hand",
    "choose",
    "close_poll",
    "decline",
    "drop_poll",
    "hide",
    "hide_said",
    "join_to",
    "let_back",
    "let_out_said",
    "lower_hand",
    "open_poll",
    "prepare_poll",
    "put_back",
    "raise_hand",
    "say",
    "say_to_all",
    "set_door",
    "show",
    "take_up",
    "vote",
]

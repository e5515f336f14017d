"""What can be done with organisations: saying where one works, proposing, looking after a page,
deciding, correcting, making two entries one. Called by views and commands."""

from exchange.organisations.actions.belonging import (
    accept_speaker,
    ask_to_speak,
    decline_speaker,
    say_works_there,
    say_works_there_no_more,
    speaks_no_more,
)
from exchange.organisations.actions.changing import change, let_stand, not_taken
from exchange.organisations.actions.proposing import check, decline, merge, propose, take_out

__all__ = [
    "accept_speaker",
    "ask_to_speak",
    "change",
    "check",
    "decline",
    "decline_speaker",
    "let_stand",
    "merge",
    "not_taken",
    "propose",
    "say_works_there",
    "say_works_there_no_more",
    "speaks_no_more",
    "take_out",
]

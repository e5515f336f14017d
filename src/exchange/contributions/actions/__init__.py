"""Every change to a contribution: submit, revise, publish, hold, withdraw, close.
Called by pages, mail, the API and commands alike; states are set here and in `sealing` alone."""

from exchange.contributions.actions.deciding import (
    accept_revision,
    ask_to_rewrite,
    close,
    confirm,
    expire_due,
    hold,
    let_back,
    publish,
    refuse_revision,
    reopen,
    welcome_writer,
    withdraw,
)
from exchange.contributions.actions.leaving_out import leave_out, set_aside
from exchange.contributions.actions.rows import ROWS, content_of, set_context
from exchange.contributions.actions.sharing import (
    bring_in,
    change_prepared,
    prepare,
    revise,
    send_prepared,
    submit,
)

__all__ = [
    "ROWS",
    "accept_revision",
    "ask_to_rewrite",
    "bring_in",
    "change_prepared",
    "close",
    "confirm",
    "content_of",
    "expire_due",
    "hold",
    "leave_out",
    "let_back",
    "prepare",
    "publish",
    "refuse_revision",
    "reopen",
    "revise",
    "send_prepared",
    "set_aside",
    "set_context",
    "submit",
    "welcome_writer",
    "withdraw",
]

"""Pages of asking, sharing, listing and changing contributions.
Called by urls.py alone."""

from exchange.contributions.views.asking import ask, draft, share, share_kind
from exchange.contributions.views.changing import close, revise, withdraw
from exchange.contributions.views.experience import experience_start, experience_step
from exchange.contributions.views.lists import listing
from exchange.contributions.views.pictures import (
    add_picture,
    let_picture_out,
    picture,
    take_picture_away,
)

__all__ = [
    "add_picture",
    "ask",
    "close",
    "draft",
    "experience_start",
    "experience_step",
    "let_picture_out",
    "listing",
    "picture",
    "revise",
    "share",
    "share_kind",
    "take_picture_away",
    "withdraw",
]

"""Pages of asking, sharing, listing and changing contributions.
Called by urls.py alone."""

from exchange.contributions.views.asking import ask, draft, share, share_kind
from exchange.contributions.views.changing import close, revise, withdraw
from exchange.contributions.views.experience import experience_start, experience_step
from exchange.contributions.views.lists import listing

__all__ = [
    "ask",
    "close",
    "draft",
    "experience_start",
    "experience_step",
    "listing",
    "revise",
    "share",
    "share_kind",
    "withdraw",
]

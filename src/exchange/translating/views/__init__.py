"""Pages of the translating room.
Called by urls.py alone."""

from exchange.translating.views.glossary import glossary, term, terms
from exchange.translating.views.looking import look, waiting, withdraw, wrong
from exchange.translating.views.wanting import begin, text, wanted, wish
from exchange.translating.views.writing import edit

__all__ = [
    "begin",
    "edit",
    "glossary",
    "look",
    "term",
    "terms",
    "text",
    "waiting",
    "wanted",
    "wish",
    "withdraw",
    "wrong",
]

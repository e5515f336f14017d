"""Whether everybody whose words stand in a brief has agreed. Asked before it is published or changed,
and once more afterwards. Called by the actions of briefs and by `taking_back`."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.briefings.errors import NotAgreed
from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import sources, words

_UNASKED = (Quoted.Answer.CHOSEN, Quoted.Answer.ASKED)


def must_be_agreed(brief: Brief, *texts: str) -> None:
    """Raises NotAgreed with the keys of those who have not, or whose name stands there although they
    agreed without it. `texts` in place of those of the brief: what is to stand."""
    shown = texts or (brief.title, brief.summary, brief.body, brief.message, brief.credit)
    quotes = list(brief.quotes.exclude(answer=Quoted.Answer.GONE))
    keys = tuple(quote.key for quote in quotes if not _is_settled(quote, shown, quotes))
    if keys:
        raise NotAgreed(keys)


def _is_settled(quote: Quoted, texts: Iterable[str], others: Iterable[Quoted]) -> bool:
    texts = list(texts)
    if quote.answer == Quoted.Answer.NAMED:
        return not _stands(quote, texts) or sources.still_stand(quote)
    if quote.answer == Quoted.Answer.UNNAMED:
        if _stands(quote, texts) and not sources.still_stand(quote):
            return False
        return not _is_named(quote, texts, others)
    return not _stands(quote, texts)


def _stands(quote: Quoted, texts: list[str]) -> bool:
    return any(words.stands(quote.words, text) for text in texts)


def _is_named(quote: Quoted, texts: list[str], others: Iterable[Quoted]) -> bool:
    """Their name stands there, and not because of other words of theirs."""
    if any(
        other.member_id == quote.member_id and other.answer == Quoted.Answer.NAMED
        for other in others
    ):
        return False
    return any(words.names(quote.shown_as, text) for text in texts)

"""Whether everybody whose words stand in a brief has agreed. Asked before it is published or changed,
and once more afterwards. Called by the actions of briefs and by `taking_back`."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.briefings.errors import NotAgreed
from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import sources, words
from exchange.conversation.models import Reply

_MOST_ANSWERS = 400


def must_be_agreed(brief: Brief, *texts: str) -> None:
    """Raises NotAgreed with the keys of those who have not, or whose name stands there although they
    agreed without it; without keys where words of an answer to what is summed up stand there that
    nobody has chosen as a quote. `texts` in place of those of the brief: what is to stand."""
    shown = texts or (brief.title, brief.summary, brief.body, brief.message, brief.credit)
    quotes = list(brief.quotes.exclude(answer=Quoted.Answer.GONE))
    keys = tuple(quote.key for quote in quotes if not _is_settled(quote, shown, quotes))
    if keys or _has_unasked(brief, quotes, shown):
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


def _has_unasked(brief: Brief, quotes: Iterable[Quoted], texts: Iterable[str]) -> bool:
    """Words of an answer that stand there although they are no quote, so that nobody was asked."""
    left = list(texts)
    for quote in quotes:
        left = [words.taken_out(quote.words, text) for text in left]
    summed = brief.sources.values("contribution_id")
    replies = Reply.objects.public().filter(sealed_at=None, contribution_id__in=summed)
    for reply in replies.select_related("author").order_by("pk")[:_MOST_ANSWERS]:
        is_host = reply.author is not None and reply.author.is_appointed
        rest = _not_chosen(reply, quotes)
        if is_host or not words.is_enough(rest):
            continue
        if any(words.stands(rest, text) for text in left):
            return True
    return False


def _not_chosen(reply: Reply, quotes: Iterable[Quoted]) -> str:
    """What of an answer is no quote: a piece of words that are one is theirs who said yes to them."""
    rest = reply.body
    for quote in quotes:
        if quote.reply_number == reply.pk:
            rest = words.taken_out(quote.words, rest)
    return rest

"""Whether everybody whose words stand in a brief has agreed. Asked before it is published or changed,
and once more afterwards. Called by the actions of briefs and by `taking_back`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exchange.briefings.errors import NotAgreed
from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import sources, words
from exchange.contributions import kinds
from exchange.contributions.models import Contribution
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
        return not _stands(quote.words, texts) or sources.still_stand(quote)
    if quote.answer == Quoted.Answer.UNNAMED:
        if _stands(quote.words, texts) and not sources.still_stand(quote):
            return False
        return not _is_named(quote, texts, others)
    return not _stands(quote.words, texts)


def _words_of_members(brief: Brief, quotes: Iterable[Quoted]) -> Iterator[str]:
    """What members wrote in what is summed up, without what was chosen as a quote. A record is a
    source, not somebody speaking."""
    rows = Contribution.objects.filter(pk__in=brief.sources.values("contribution_id"))
    for row in rows.exclude(kind="resource").select_related("author"):
        if kinds.get(row.kind).is_by_hosts or sources.is_by_hosts(row):
            continue
        chosen = [one for one in quotes if (one.contribution_id, one.reply_number) == (row.pk, 0)]
        for said in sources.own_words(row):
            rest = _not_chosen(said, chosen)
            if words.is_enough(rest):
                yield rest


def _stands(said: str, texts: Iterable[str]) -> bool:
    return any(words.stands(said, text) for text in texts)


def _is_named(quote: Quoted, texts: list[str], others: Iterable[Quoted]) -> bool:
    """Their name stands there, and not because of other words of theirs."""
    if any(
        other.member_id == quote.member_id and other.answer == Quoted.Answer.NAMED
        for other in others
    ):
        return False
    return any(words.names(quote.shown_as, text) for text in texts)


def _has_unasked(brief: Brief, quotes: Iterable[Quoted], texts: Iterable[str]) -> bool:
    """Words of what is summed up, or of an answer to it, that stand there although they are no
    quote, so that nobody was asked. Also of what was taken back: its words may be in a copy."""
    left = list(texts)
    for quote in quotes:
        left = [words.taken_out(quote.words, text) for text in left]
    # A brief may be called what the question is called.
    below = [words.taken_out(left[0], text) for text in left[1:]]
    if any(_stands(said, below) for said in _words_of_members(brief, quotes)):
        return True
    replies = Reply.objects.filter(contribution_id__in=brief.sources.values("contribution_id"))
    for reply in replies.select_related("author").order_by("pk")[:_MOST_ANSWERS]:
        is_host = reply.author is not None and reply.author.is_appointed
        rest = _not_chosen(reply.body, [one for one in quotes if one.reply_number == reply.pk])
        if is_host or not words.is_enough(rest):
            continue
        if any(words.stands(rest, text) for text in left):
            return True
    return False


def _not_chosen(said: str, quotes: Iterable[Quoted]) -> str:
    """What of a text is no quote: a piece of words that are one is theirs who said yes to them."""
    for quote in quotes:
        said = words.taken_out(quote.words, said)
    return said

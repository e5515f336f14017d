"""Somebody who is quoted answers our letter: yes with the name, yes without it, or no.
Registered by the hooks of quoting. A plain yes is a yes without the name: less is never wrong."""

from __future__ import annotations

from django.utils.translation import override

from exchange.briefings.errors import NotNow
from exchange.briefings.models import Quoted
from exchange.briefings.quoting import actions, letters
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.receiving.answering import answer
from exchange.mail.small_words import said
from exchange.mail.tokens import What

_HOW = {
    "named": Quoted.Answer.NAMED,
    "unnamed": Quoted.Answer.UNNAMED,
    "yes": Quoted.Answer.UNNAMED,
    "no": Quoted.Answer.DECLINED,
    "undo": Quoted.Answer.DECLINED,
}


def take_answer(arrived: Arrived) -> Outcome:
    """One of the lines our letter teaches; anything else is asked back once."""
    quote = _own(arrived)
    if quote is None or quote.member is None:
        return Outcome("kept", "quote-of-another")
    how = _HOW.get(said(arrived.opened.words, arrived.opened.subject))
    with override(quote.member.first_language):
        if how is None:
            paper = letters.not_understood(quote)
            answer(arrived, paper, code="quote-how", token=What.QUOTE, days=180, item=quote.pk)
            return Outcome("refused", "quote-not-understood", "quote", quote.pk)
        try:
            fresh = actions.answer(quote=quote, how=how, via="mail")
        except NotNow:
            return Outcome("kept", "quote-gone")
        paper = letters.taken(fresh)
        answer(arrived, paper, code="quote-taken", token=What.QUOTE, days=180, item=quote.pk)
    return Outcome("done", f"quote-{fresh.answer}", "quote", quote.pk)


def _own(arrived: Arrived) -> Quoted | None:
    """The quote of the token, if whoever wrote is the one who was asked."""
    token = arrived.token
    if token is None or arrived.trust == "fail" or not arrived.is_senders_own:
        return None
    rows = Quoted.objects.select_related("brief", "member")
    return rows.filter(pk=token.item, member_id=token.person).first()

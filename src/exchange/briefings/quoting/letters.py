"""What is written to people who are quoted, and to hosts when a brief needs them, in the language
that is active. Called by `telling`; the subjects say nothing of what it is about."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.briefings.models import Brief, Quoted
from exchange.core.languages import current
from exchange.mail.paper import Paper, Piece
from exchange.mail.small_words import word_for
from exchange.members.models import Member


def page_of(quote: Quoted) -> str:
    """Their own page, where they answer with one tap; no account is needed."""
    return _link(reverse("briefings:quote", args=[quote.key]))


def asks(quote: Quoted, *, again: bool = False) -> Paper:
    """May we quote you?"""
    member = quote.member
    begins = _("We asked you some days ago, and ask once more:") if again else _("You wrote this:")
    pieces = (
        Piece("marker"),
        Piece("plain", begins),
        Piece("quote", quote.words, language=quote.language),
        Piece("plain", _("The hosts would like to quote it in a brief: one page that sums up what people said, for everybody to read, also elsewhere.")),
        Piece("title", quote.brief.title, language=quote.brief.language),
        Piece("plain", _("May we? Answer this mail with one of these lines, or choose on your own page:")),
        Piece("plain", "\n".join(_lines())),
        Piece("button", _("Choose on my page"), page_of(quote)),
        Piece("plain", _("Nothing of yours stands in the brief before you say yes, and you can take it back at any time.")),
        Piece("small", _("You need not answer. The page needs no account; please do not pass its address on.")),
    )  # fmt: skip
    return Paper(_subject(member, _("May we quote you?")), pieces, current())


def taken(quote: Quoted) -> Paper:
    """What became of an answer by mail."""
    told = {
        Quoted.Answer.NAMED: _("Thank you. Your words may stand in the brief with your name."),
        Quoted.Answer.UNNAMED: _("Thank you. Your words may stand in the brief without your name."),
        Quoted.Answer.DECLINED: _("Thank you. Your words do not stand in the brief."),
    }
    pieces = (
        Piece("plain", told[Quoted.Answer(quote.answer)]),
        Piece("plain", _("You can change this at any time: answer again, or use your page.")),
        Piece("link", _("Your page:"), page_of(quote)),
    )
    return Paper(_subject(quote.member, _("Thank you for your answer")), pieces, current())


def not_understood(quote: Quoted) -> Paper:
    """Neither a yes nor a no."""
    pieces = (
        Piece("plain", _("We are not sure what you wish. Please answer with one of these lines:")),
        Piece("plain", "\n".join(_lines())),
        Piece("button", _("Choose on my page"), page_of(quote)),
    )
    return Paper(_subject(quote.member, _("May we quote you?")), pieces, current())


def set_aside(brief: Brief) -> Paper:
    """To hosts; not a word of the brief stands here."""
    pieces = (
        Piece("plain", _("Somebody took their words back, and a piece of them or their name may still stand in a brief. Nobody can read it until one of you has looked.")),
        Piece("button", _("Look at the brief"), _desk(brief)),
    )  # fmt: skip
    return Paper(_("A brief needs a look"), pieces, current())


def all_answered(brief: Brief) -> Paper:
    """To the host who made it: nobody is waited for any more."""
    pieces = (
        Piece("plain", _("Everybody who is quoted in your brief has answered.")),
        Piece("button", _("Open the brief"), _desk(brief)),
    )
    return Paper(_("All answers are there"), pieces, current())


def _lines() -> list[str]:
    return [word_for(code, current()) for code in ("named", "unnamed", "no")]


def _subject(member: Member | None, subject: str) -> str:
    """Who wishes it gets subjects that are all alike."""
    return _("A message for you") if member is not None and member.neutral_subjects else subject


def _desk(brief: Brief) -> str:
    return _link(reverse("briefings-desk:brief", args=[brief.pk]))


def _link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"

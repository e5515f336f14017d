"""What the two of a mentor pair are written, in the language that is active.
Called by `telling` and the handlers of mail of this matter, inside `override(language)`."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.core.languages import current
from exchange.hubs.models import Pair
from exchange.hubs.pairs.questions import question
from exchange.mail import small_words
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member


def asked(pair: Pair, member: Member) -> Paper:
    """Would you write to each other?"""
    told = {"person": pair.other_of(member).shown_name, "group": pair.space.shown_name}
    words = {"yes": small_words.word_for("yes", current()), "no": small_words.word_for("no", current())}  # fmt: skip
    said = _("A host of %(group)s would like you and %(person)s to write to each other as mentors: once a month we send both of you one question, and your answer goes to the other. Nobody else reads it, and your address stays hidden.")  # fmt: skip
    how = _("If you would like to, answer this mail with %(yes)s; if not, with %(no)s. It begins when both said yes.")  # fmt: skip
    pieces = [
        Piece("plain", said % told),
        Piece("plain", how % words),
        Piece("button", _("Say yes or no"), page(pair)),
    ]
    return _paper(pair, member, _("Would you write to each other?"), pieces)


def begun(pair: Pair, member: Member) -> Paper:
    told = {"person": pair.other_of(member).shown_name}
    said = _("You and %(person)s write to each other now. The first question comes by the next mail.")  # fmt: skip
    return _paper(pair, member, _("You are a pair now"), [Piece("plain", said % told), _foot(pair)])


def of_the_month(pair: Pair, member: Member, number: int) -> Paper:
    """One question; the answer to this letter goes to the other."""
    told = {"person": pair.other_of(member).shown_name}
    how = _("Answer this mail: what you write goes to %(person)s, without your address. No names of children, please.")  # fmt: skip
    pieces = [
        Piece("marker"),
        Piece("title", question(number)),
        Piece("plain", how % told),
        Piece("link", _("Or write on the page:"), page(pair)),
        _foot(pair),
    ]
    return _paper(pair, member, _("One question for the two of you"), pieces)


def from_the_other(pair: Pair, member: Member, words: str) -> Paper:
    """What the other wrote."""
    writer = pair.other_of(member)
    said = _("%(person)s writes to you:") % {"person": writer.shown_name}
    how = _("Answer this mail, and it goes to %(person)s.") % {"person": writer.shown_name}
    pieces = [
        Piece("marker"),
        Piece("plain", said),
        Piece("words", words, language=writer.first_language),
        Piece("plain", how),
        Piece("link", _("Something is wrong with these words? Tell the hosts:"), _contact()),
        _foot(pair),
    ]
    return _paper(pair, member, _("A letter from your pair"), pieces)


def ended(pair: Pair, member: Member) -> Paper:
    told = {"person": pair.other_of(member).shown_name, "group": pair.space.shown_name}
    said = _("You and %(person)s do not get questions as a pair any more. Thank you for what you gave each other.")  # fmt: skip
    return _paper(pair, member, _("Your pair has ended"), [Piece("plain", said % told)])


def sent(pair: Pair, member: Member) -> Paper:
    said = _("Your words are on their way to %(person)s.")
    told = {"person": pair.other_of(member).shown_name}
    return _paper(pair, member, _("It is on its way"), [Piece("plain", said % told)])


def not_sent(pair: Pair, member: Member, why: str) -> Paper:
    return _paper(pair, member, _("It was not sent"), [Piece("plain", why), Piece("link", _("Your pair:"), page(pair))])  # fmt: skip


def answered(pair: Pair, member: Member, *, yes: bool) -> Paper:
    said = (
        _("Thank you. It begins when both of you have said yes.")
        if yes
        else _("Thank you. You are not paired, and nobody asks again.")
    )
    return _paper(pair, member, _("Thank you"), [Piece("plain", said)])


def yes_is_missing(pair: Pair, member: Member) -> Paper:
    words = {"yes": small_words.word_for("yes", current()), "no": small_words.word_for("no", current())}  # fmt: skip
    said = _("We need one word from you: %(yes)s or %(no)s. Without it nothing happens.")
    return _paper(pair, member, _("Would you write to each other?"), [Piece("plain", said % words)])


def page(pair: Pair) -> str:
    return f"{settings.BASE_URL}{reverse('hubs:pair', args=[pair.pk])}"


def _contact() -> str:
    return f"{settings.BASE_URL}{reverse('pages:contact')}"


def _foot(pair: Pair) -> Piece:
    return Piece("small", f"{_('To pause or end it:')} {page(pair)}")


def _paper(pair: Pair, member: Member, subject: str, pieces: Iterable[Piece]) -> Paper:
    plain = _("A message for you")
    shown = plain if member.neutral_subjects or pair.space.is_sensitive else subject
    first, *rest = pieces
    # The line above which one answers stands before everything else.
    top = [first, Piece("heading", subject)] if first.sort == "marker" else [Piece("heading", subject), first]  # fmt: skip
    return Paper(shown, (*top, *rest), current())

"""What people are written when they join, and when they change by mail how they are shown.
Called by the handlers beside it, in the language that is active."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange import members
from exchange.mail import small_words
from exchange.mail.commands import word_for
from exchange.mail.models import Mailbox
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member

_FOLDER = Path(members.__path__[0]) / "starter"


def invitation(language: str) -> Paper:
    """The code of conduct, and how to say yes to it."""
    return Paper(
        _("Joining the Exchange: one more step"),
        (
            Piece(
                "plain",
                _(
                    "Good that you write. The Exchange is a place where people who work"
                    " with communities to keep children safe ask, answer and tell what they learned."
                ),
            ),
            Piece("plain", _how_to_say_yes(language)),
            Piece("rule"),
            Piece("page", _conduct(language)),
        ),
        language,
    )


def yes_is_missing(language: str) -> Paper:
    """They answered, and it was no yes."""
    return Paper(
        _("Joining the Exchange: one more step"),
        (
            Piece("plain", _("Thank you for your answer. To join we need one word from you.")),
            Piece("plain", _how_to_say_yes(language)),
        ),
        language,
    )


def welcome(member: Member, language: str, *, name_refused: bool = False) -> Paper:
    """To a new member: what they can do by mail."""
    pieces = [
        Piece("heading", _welcoming(member)),
        Piece("plain", _("You are a member now. You can do everything by mail, or on the pages.")),
    ]
    if name_refused:
        pieces.append(
            Piece("plain", _("The name you gave cannot be shown, so others see “A practitioner”."))
        )
    elif not member.display_name:
        pieces.append(
            Piece(
                "plain",
                _(
                    "Others see you as “A practitioner”. To choose a name, write: %(command)s Mama Zuri"
                )
                % {"command": word_for("name", language)},
            )
        )
    pieces += [Piece("plain", line) for line in _ways()]
    pieces.append(
        Piece(
            "plain",
            _("For all you can do by mail, write: %(command)s")
            % {"command": word_for("help", language)},
        )
    )
    pieces.append(
        Piece("plain", _("A host reads the first things you write before others see them."))
    )
    return Paper(_("Welcome to the Exchange"), tuple(pieces), language)


def _welcoming(member: Member) -> str:
    """With their name, if they gave one that can be shown."""
    if not member.display_name:
        return _("Welcome to the Exchange")
    return _("Welcome, %(name)s") % {"name": member.shown_name}


def member_already(member: Member) -> Paper:
    """To a member who wrote "join"."""
    language = member.first_language
    return Paper(
        _("You are a member already"),
        (
            Piece("plain", _("You are a member already, with this address.")),
            Piece(
                "plain",
                _("For all you can do by mail, write: %(command)s")
                % {"command": word_for("help", language)},
            ),
            Piece(
                "link", _("To sign in on the pages:"), settings.BASE_URL + reverse("account_login")
            ),
        ),
        language,
    )


def shown_now(member: Member) -> Paper:
    """How others see them, after a change."""
    told = [
        _("Name: %(name)s") % {"name": member.shown_name},
        _("Country: %(name)s") % {"name": member.country_label or "–"},
        _("Languages: %(names)s") % {"names": member.languages_label or "–"},
        _("Can help with: %(words)s") % {"words": member.helps_with or "–"},
        _("Is looking for: %(words)s") % {"words": member.seeks or "–"},
    ]
    return Paper(
        _("This is how others see you now"),
        (
            Piece("plain", _("This is how others see you now:")),
            Piece("plain", "\n".join(told)),
            Piece(
                "link",
                _("You choose who sees each of these:"),
                settings.BASE_URL + reverse("members:profile"),
            ),
        ),
        member.first_language,
    )


def not_understood(member: Member, why: str) -> Paper:
    """A name, country or language that could not be taken."""
    return Paper(
        _("We could not change that"),
        (Piece("plain", why), Piece("plain", _("Nothing has changed."))),
        member.first_language,
    )


def _how_to_say_yes(language: str) -> str:
    return _(
        "Please read the code of conduct below. If you are 18 or older and accept it, answer this"
        " mail with the one word %(yes)s. If you like, add a line with the name others shall see"
        " (a made-up one is fine): %(name)s: Mama Zuri"
    ) % {
        "yes": small_words.word_for("yes", language),
        "name": word_for("name", language).capitalize(),
    }


def _ways() -> list[str]:
    said = {
        Mailbox.Opens.QUESTION: _(
            "To ask a question, write to %(address)s. The subject is your question in one line."
        ),
        Mailbox.Opens.EXPERIENCE: _("To tell what you did and learned, write to %(address)s."),
        Mailbox.Opens.CONCERN: _(
            "If you worry about a child because of something here, write to %(address)s."
        ),
    }
    open_ones = {box.opens: box.local for box in Mailbox.objects.filter(is_open=True, hub="")}
    return [
        words % {"address": f"{open_ones[opens]}@{settings.MAIL_DOMAIN}"}
        for opens, words in said.items()
        if opens in open_ones
    ]


def _conduct(language: str) -> str:
    """The code of conduct as it stands on its page."""
    path = _FOLDER / f"code_of_conduct.{language}.md"
    return (path if path.exists() else _FOLDER / "code_of_conduct.en.md").read_text("utf-8")

"""What safeguarding writes: subjects that say nothing to who sees a phone on a table, and texts that
tell no story. Called by this room's actions, inside `override(language)`."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.safeguarding.models import Case


@dataclass(frozen=True)
class Letter:
    """One mail before it has an address."""

    subject: str
    text: str


def alarm(case: Case) -> Letter:
    """To lead and deputy: something came, and how soon it must be decided."""
    return _to_handler(
        _("Something came that you should look at within %(n)d hours.") % {"n": _hours(case)},
        case,
    )


def half_time(case: Case) -> Letter:
    """Half the time has gone."""
    return _to_handler(_("Half of the time for this has gone, and nothing is decided."), case)


def overdue(case: Case) -> Letter:
    """All of it has gone."""
    return _to_handler(_("The time for this has run out, and nothing is decided."), case)


def handed_over(case: Case) -> Letter:
    return _to_handler(_("This was handed over to you, with a note."), case)


def nobody_looks() -> Letter:
    """To every host: lead and deputies have not come. It opens nothing for them."""
    return Letter(
        _neutral(),
        _whole(
            _("Something has waited too long for the people who look after safeguarding."),
            _("Please reach them now, by telephone if you can, or name another deputy:"),
            _link("safeguarding:standing"),
            _("If a child may be in danger now, call the police."),
            _farewell(),
        ),
    )


def to_poster(text: str) -> Letter:
    """To whoever wrote what was reported, in the handler's own words."""
    return Letter(
        _neutral(),
        _whole(
            text,
            _(
                "This is between you and the people who look after safeguarding. You also find it here:"
            ),
            _link("members:me"),
            _farewell(),
        ),
    )


def got_it(*, hours: int, has_files: bool) -> Letter:
    """To whoever wrote about a concern by mail: that it has come, and not a word of it."""
    return Letter(
        _neutral(),
        _whole(
            _("Thank you for writing to us. It is right to tell."),
            _(
                "The people who look after safeguarding here, and nobody else, read your mail within"
                " %(n)d hours. They alone can see who you are."
            )
            % {"n": hours},
            _(
                "We do not keep the files you sent along. Please keep them safe, and send them to"
                " nobody else; you will be told if somebody needs them."
            )
            if has_files
            else "",
            _(
                "If a child is in danger now, do not wait for us: call the police or a helpline. Here"
                " are numbers:"
            ),
            _link("pages:help-now"),
            _(
                "If it is about somebody who looks after safeguarding here, please use this page"
                " instead, so that they do not see it:"
            ),
            _link("safeguarding:report-general"),
            _farewell(),
        ),
    )


def outcome(*, acted: bool) -> Letter:
    """To whoever reported: that it was looked at, without a word of what it was."""
    done = (
        _("We have looked at it and have acted on it.")
        if acted
        else _("We have looked at it. This time we found no reason to act.")
    )
    return Letter(
        _neutral(),
        _whole(
            _("You told us that something worried you. Thank you: it is right to ask."),
            done,
            _("To keep everybody safe we cannot tell you more. Nobody is told who you are."),
            _farewell(),
        ),
    )


def upkeep(lines: list[str]) -> Letter:
    """To hosts, once a month at most: what has grown old."""
    return Letter(
        _("A few things to look after"),
        _whole(
            _("Some things that keep people safe here have grown old:"),
            "\n".join(f"- {line}" for line in lines),
            _link("safeguarding:standing"),
            _farewell(),
        ),
    )


def _to_handler(first: str, case: Case) -> Letter:
    return Letter(
        _neutral(),
        _whole(
            first,
            f"{settings.BASE_URL}{reverse('safeguarding:case', args=[case.pk])}",
            _("There is nothing of it in this mail. Sign in with your second factor to read it."),
            _("If a child may be in danger now and you cannot act, call the police."),
        ),
    )


def _hours(case: Case) -> int:
    return round((case.due_at - case.opened_at).total_seconds() / 3600)


def _neutral() -> str:
    return _("A message for you")


def _link(name: str) -> str:
    return f"{settings.BASE_URL}{reverse(name)}"


def _farewell() -> str:
    return _("The Exchange")


def _whole(*pieces: str) -> str:
    return "\n\n".join(piece for piece in pieces if piece) + "\n"

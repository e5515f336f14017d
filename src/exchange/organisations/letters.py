"""What the hosts' decisions about organisations say by mail: in the language that is active, with
subjects that tell nothing. Called by `telling`, inside `override(language)`."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.organisations.models import Organisation


@dataclass(frozen=True)
class Letter:
    """One mail before it has an address."""

    subject: str
    text: str


def may_look_after(organisation: Organisation) -> Letter:
    return Letter(
        _("You look after a page now"),
        _whole(
            _("A host has looked: you look after this page from now on."),
            _titled(organisation),
            _("You can change what it says, and put up notices in its name:"),
            _link(reverse("organisations:change", args=[organisation.slug])),
        ),
    )


def may_not(organisation: Organisation, note: str) -> Letter:
    return Letter(
        _("About the page you asked for"),
        _whole(
            _("You asked to look after this page. A host has not said yes this time:"),
            _titled(organisation),
            _said(note),
            _("That you work there stays. You may answer this mail and tell us more."),
        ),
    )


def has_a_page(organisation: Organisation) -> Letter:
    return Letter(
        _("The organisation you told us of has a page"),
        _whole(
            _("Thank you. A host has looked, and everybody sees it now:"), _titled(organisation)
        ),
    )


def has_none(organisation: Organisation, note: str) -> Letter:
    return Letter(
        _("About the organisation you told us of"),
        _whole(
            _("Thank you for telling us of an organisation. A host has not given it a page:"),
            organisation.name,
            _said(note),
            _("You may answer this mail and tell us more."),
        ),
    )


def words_stand(organisation: Organisation) -> Letter:
    return Letter(
        _("What you wrote is out"),
        _whole(
            _("A host has read your words, and they stand on this page:"), _titled(organisation)
        ),
    )


def words_do_not(organisation: Organisation, note: str) -> Letter:
    return Letter(
        _("A note about what you wrote"),
        _whole(
            _("A host has read your words for this page, and has not let them stand this time:"),
            _titled(organisation),
            _said(note),
            _("You may change them and send them again, or answer this mail."),
        ),
    )


def _titled(organisation: Organisation) -> str:
    return f"{organisation.name}\n{_link(organisation.get_absolute_url())}"


def _said(note: str) -> str:
    return f"{_('The host says:')}\n\n> {note}" if note else ""


def _link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _whole(*pieces: str) -> str:
    return "\n\n".join([*filter(None, pieces), _("The hosts of the Exchange")]) + "\n"

"""Named errors of this room, turned into plain words by its views.
Raised by its actions alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exchange.core.gates import Reason

if TYPE_CHECKING:
    from exchange.organisations.models import Organisation


class OrganisationError(Exception):
    """Anything an action of this room may refuse."""


class NotAllowed(OrganisationError):
    """This member may not do this here."""


class TooMany(OrganisationError):
    """More than anybody works with, or more proposals than hosts read of one person."""


class ThereAlready(OrganisationError):
    """An organisation of this name has a page, or waits for one."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__("there already")
        self.organisation = organisation


class ChangedMeanwhile(OrganisationError):
    """Somebody else changed or decided it first."""


class Refused(OrganisationError):
    """A gate refused the words."""


class Noticed(OrganisationError):
    """A gate noticed what the writer should see first; nothing was kept."""

    def __init__(self, reasons: tuple[Reason, ...], text: str) -> None:
        super().__init__("noticed by a gate")
        self.reasons = reasons
        self.text = text

"""Who may do what in one webinar. Pure: they read what they are given and answer.
Called by the actions of every matter, and by views that show or hide a button."""

from __future__ import annotations

from dataclasses import dataclass

# What a gate says of anybody nobody has welcomed yet: a helper reads such words, which is enough.
ONLY_NEW = frozenset({"newcomer", "unknown-author"})


@dataclass(frozen=True)
class Roles:
    """What somebody is in one webinar. A host is everything everywhere."""

    is_host: bool = False
    is_lead: bool = False
    is_helper: bool = False
    is_writer: bool = False
    is_presenter: bool = False

    @property
    def may_lead(self) -> bool:
        """Start, end, open and close doors, send the sound."""
        return self.is_host or self.is_lead

    @property
    def may_help(self) -> bool:
        """Read what was asked before it is shown, and decide."""
        return self.may_lead or self.is_helper

    @property
    def may_write(self) -> bool:
        """Write along in a lane, push slides."""
        return self.may_lead or self.is_writer

    @property
    def may_present(self) -> bool:
        """See the presenters' view."""
        return self.may_lead or self.is_presenter

    @property
    def is_of_the_team(self) -> bool:
        return self.may_help or self.may_write or self.is_presenter


NOBODY = Roles()


def needs_host(codes: set[str]) -> bool:
    """Whether a helper may not let these words out alone: a gate saw more in them than that their
    writer is new."""
    return bool(codes - ONLY_NEW)

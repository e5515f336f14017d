"""Named errors of the spine. Each is turned at the door into plain words.
Raised by actions of contributions and conversation; caught by views, mail and commands."""

from exchange.core.gates import Reason


class SpineError(Exception):
    """Anything an action of the spine may refuse."""


class NotAllowed(SpineError):
    """This member may not do this to this contribution."""


class NotReady(NotAllowed):
    """Its own room knows something against its coming out; `why` in words for hosts."""

    def __init__(self, why: str) -> None:
        super().__init__("not ready")
        self.why = why


class TooMany(NotAllowed):
    """A newcomer has sent as much as hosts read of one person in a day; nothing was kept."""


class Refused(SpineError):
    """A gate refused the text outright; it was not kept as a contribution."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__("refused by a gate")
        self.reasons = reasons


class Noticed(SpineError):
    """A gate noticed something the writer should see first; nothing was sent or kept."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__("noticed by a gate")
        self.reasons = reasons


class AlreadyDecided(SpineError):
    """Somebody else decided first, or the text changed since it was read."""

    def __init__(self, by_name: str = "") -> None:
        super().__init__("already decided")
        self.by_name = by_name


class ChangedMeanwhile(SpineError):
    """The row or draft was changed in another tab or by someone else."""

    def __init__(self, version: int) -> None:
        super().__init__("changed meanwhile")
        self.version = version


class Closed(SpineError):
    """No more answers are taken."""

"""Named errors of what a group does together. Each is turned at the door into plain words.
Raised by the actions of `working`; caught by views and by mail."""

from __future__ import annotations

from exchange.core.gates import Reason


class WorkingError(Exception):
    """Anything an action of a group may refuse."""


class NotAllowed(WorkingError):
    """This person may not do this here."""


class NotNow(WorkingError):
    """It is closed, over, called off, or not ready; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(WorkingError):
    """A gate refused the words outright; nothing was kept."""


class Noticed(WorkingError):
    """A gate noticed something the writer should see first; nothing was kept."""

    def __init__(self, reasons: tuple[Reason, ...], words: str = "") -> None:
        super().__init__("noticed by a gate")
        self.reasons = reasons
        self.words = words

    @property
    def passages(self) -> list[str]:
        """The words that were noticed, as they were typed."""
        found = [self.words[one.start : one.end] for one in self.reasons if one.field != "title"]
        return list(dict.fromkeys(part for part in found if part.strip()))


class ChangedMeanwhile(WorkingError):
    """Somebody else changed it; both texts are there to be put together."""

    def __init__(self, version: int) -> None:
        super().__init__("changed meanwhile")
        self.version = version


class TooMuch(WorkingError):
    """The group has no room left, or this day brought enough."""

"""Named refusals of this room. Each is turned at the door into plain words.
Raised by actions; caught by views and by the handler of mail."""

from exchange.contributions.errors import Noticed, SpineError


class NotTaken(SpineError):
    """The one may not write to the other; `code` is of `rules.why_not`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Enough(SpineError):
    """As much as one person may write for now; `code` is of `rules.too_many`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Rewrite(Noticed):
    """What points to a child, or leads a newcomer's reader elsewhere, goes out in no case: nobody
    reads private words first, so they have to be changed."""

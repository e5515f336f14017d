"""What can be wrong with an engine or with coming in; views turn each into plain words.
Raised by the files beside it."""

from exchange.webinars.errors import WebinarError


class EngineTrouble(WebinarError):
    """No answer, a late one, or one that makes no sense. `code` is safe to keep and to show to
    hosts; the engine's own words are not kept."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class EngineSaysNo(EngineTrouble):
    """It answered in its protocol, and refused: it is up. `code` is its message key."""


class RoomNotOpen(WebinarError):
    """Nobody of the team is in the room yet, or it was closed for all."""


class MayNotEnter(WebinarError):
    """`why` is one of the codes of `rules.way_in`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AgreementNeeded(WebinarError):
    """It is recorded, and this person has not said that this is all right."""

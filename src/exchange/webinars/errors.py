"""What can be wrong with what somebody wants in a webinar; views turn each into plain words.
Raised by the actions of every matter."""


class WebinarError(Exception):
    """The common parent."""


class NotNow(WebinarError):
    """It is too early or too late for this; the page says what can be done instead."""


class DoorClosed(WebinarError):
    """The wall, the chat or the hands are closed at present."""


class TooFast(WebinarError):
    """More in a short time than one person can mean. `seconds` until the next is taken."""

    def __init__(self, seconds: int = 60) -> None:
        super().__init__("too fast")
        self.seconds = seconds


class Full(WebinarError):
    """No seat is free, and there is no waiting list."""


class AlreadyDone(WebinarError):
    """Somebody else was faster with the same thing."""

"""Why a recording cannot go further; views turn each into plain words.
Raised by `actions`."""

from exchange.webinars.errors import WebinarError


class NotHeard(WebinarError):
    """Whoever wants to say yes or no has not opened the sound yet."""


class NotAgreed(WebinarError):
    """A presenter has not agreed to be recorded. `names` are those who have not."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("a presenter has not agreed")
        self.names = names


class NotJoined(WebinarError):
    """ffmpeg is missing, or made nothing of the minutes. `code` is safe to keep."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

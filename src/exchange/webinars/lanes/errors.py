"""What can be wrong with a file of slides.
Raised by the actions of lanes; turned into words by their forms and views."""

from exchange.webinars.errors import WebinarError


class NotSlides(WebinarError):
    """A file that is not taken as slides, with a code that the form turns into a sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

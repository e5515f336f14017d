"""Why something cannot be done in a hub or a group now.
Raised by the actions of this room; said in words by its views and letters."""


class NotAllowed(Exception):
    """They may not do that here."""


class NotNow(Exception):
    """It is closed, answered or ended meanwhile."""


class ChangedMeanwhile(Exception):
    """Another host changed it; the words of both are kept, nothing is overwritten."""


class LastHost(Exception):
    """A group is never left without anybody who looks after it."""

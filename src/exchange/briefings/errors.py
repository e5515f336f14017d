"""What can be wrong when a brief or a newsletter is made, by name.
Raised by the actions of this room, turned into words by its views."""


class NotNow(Exception):
    """It has been sent, or is not ready yet."""


class NotAgreed(Exception):
    """Somebody whose words stand in it has not agreed. `keys` are those of the quotes."""

    def __init__(self, keys: tuple[str, ...] = ()) -> None:
        super().__init__("not agreed")
        self.keys = keys


class SamePerson(Exception):
    """Another host has to let it go."""


class Moved(Exception):
    """Somebody else changed it meanwhile."""


class NotThere(Exception):
    """The words do not stand, letter for letter, where they are said to be taken from; or nobody is
    there who could be asked about them; or they are too few to be found again."""

    def __init__(self, words: str = "") -> None:
        super().__init__("not there")
        self.words = words

"""The sorts of address by who may open them, each as one letter for each sort of person.
Called by the tests of access alone; the lists in tests/access/lists/ use these names."""

from __future__ import annotations

from tests.access.people import LOOKERS

LETTERS = {
    "O": "opens",
    "-": "nothing",
    "s": "sign in",
    "2": "second factor",
    "P": "post",
    "e": "elsewhere",
    "F": "refused",
    "G": "gone",
    # The writing room is a process of its own, which no test here starts.
    "W": "503",
}

# In the order of `people.LOOKERS`:
# visitor, outsider, member, guest, group host, group host resting, former, host, host resting,
# lead, blocked, paused, erased, author.
WHO = {
    "everybody": "OOOOOOOOOOOOOO",
    "only by post": "PPPPPPPPPPPPPP",
    "nobody, or only what is not there": "--------------",
    "everybody is led elsewhere": "eeeeeeeeeeeeee",
    "a link that is good no more": "GGGGGGGGGGGGGG",
    "says that an account is closed": "FFFFFFFFFFFFFF",
    "who signed in": "sOOOOOOOOOOOsO",
    "who signed in, by post": "sPPPPPPPPPPPsP",
    "who signed in is led elsewhere": "seeeeeeeeeeese",
    "who signed in and may write": "sOOOOOOOOOO-sO",
    "own, with a second factor shown where there is one": "sOOOO2OO2OOOsO",
    "own, where there is no second factor yet": "sOOOe2Oe2eOOsO",
    "why a second factor, where there is none": "sOOOeeOeeeOOsO",
    "shows a second factor, where there is one": "sFFFOOFOOOFFsF",
    "shows a passkey, where there is one": "sFFF22F222FFsF",
    "own second factors": "s----2--2---s-",
    "who has not signed in": "OeeeeeeeeeeeOe",
    "who may sign out": "eOOOOOOOOOOOeO",
    "nobody now, and visitors may sign in": "s-----------s-",
    "author alone": "s-----------sO",
    "author alone, unseen by others": "-------------O",
    "member alone": "s-O---------s-",
    "writer of the voice alone": "s---------O-s-",
    "the two it is between": "s-O---------sO",
    "author and hosts, visitors may sign in": "s------O-O--sO",
    "author and hosts": "-------O-O---O",
    "hosts, unseen by others": "-------O-O----",
    "hosts, visitors may sign in": "s------O-O--s-",
    "hosts of the library": "s------OOO--s-",
    "hosts at the desk": "s------O2O--s-",
    "hosts at the desk, by post": "s------P2P--s-",
    "hosts at the desk, nothing of the sort": "s-------2---s-",
    "hosts in the writing room": "s------W2W--s-",
    "lead alone": "s--------O--s-",
    "lead alone, by post": "s--------P--s-",
    "inside, visitors may sign in": "s-OOOO------sO",
    "inside, unseen from outside": "--OOOO-------O",
    "who writes inside": "s-O-OO------sO",
    "who wrote inside, and its host": "s-O-O-------s-",
    "who carried it inside, its author and host": "s-O-O-------sO",
    "author and host of the group, unseen by others": "----O--------O",
    "what waits inside: author, host of the group, hosts": "----O--O-O---O",
    "author and host of the group": "s---O-------sO",
    "host of the group": "s---O-------s-",
    "queue of the group": "s---O2------s-",
    "queue of the group, nothing of the sort": "s----2------s-",
    "who looks after the group": "s---O2-O2O--s-",
    "who looks after the hub": "s----2-O2O--s-",
    "who knows of the group": "--OOOO-O-O---O",
    "who may come to the group": "s-eeee-O-O--se",
    "who sees its people": "s-OOOO-O-O--sO",
    "second readers, author and hosts": "s--O---O-O--sO",
    "who carried it, its author and hosts": "s-O----O-O--sO",
}


def expected(sort: str) -> dict[str, str]:
    """What each sort of person is to meet at such an address."""
    return {who: LETTERS[one] for who, one in zip(LOOKERS, WHO[sort], strict=True)}

"""In which language somebody wrote: what the words are heard to be in, else the member's first one
unless the small words say otherwise. Used by the handlers of contributions and conversation."""

from exchange.core import hearing
from exchange.core.languages import SPOKEN
from exchange.mail.guessing import guess
from exchange.members.models import Member


def written_in(words: str, member: Member) -> str:
    """A language members can write in."""
    codes = member.language_codes
    found = hearing.heard(words, expected=codes[0] if codes else "")
    if found.is_sure:
        return found.language
    guessed = guess(words, among=codes, otherwise=codes[0] if codes else "en")
    return guessed if guessed in SPOKEN else "en"


def is_unlike(language: str, member: Member) -> bool:
    """Whether it is none of the languages the member named: worth a word in the receipt."""
    return language not in member.language_codes

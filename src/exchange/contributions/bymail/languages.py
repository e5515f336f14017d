"""In which language somebody wrote: their first one, unless the letters or the small words say
otherwise. Used by the handlers of contributions and conversation."""

from exchange.core.languages import SPOKEN
from exchange.mail.guessing import guess
from exchange.members.models import Member


def written_in(words: str, member: Member) -> str:
    """A language members can write in."""
    codes = member.language_codes
    found = guess(words, among=codes, otherwise=codes[0] if codes else "en")
    return found if found in SPOKEN else "en"

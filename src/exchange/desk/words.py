"""What the desk says: why something waits, and notes ready to be sent to an author.
Read by the desk's queries and views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exchange.contributions.models import Because, Decision
from exchange.contributions.reasons import SEEN
from exchange.core.gates import Reason
from exchange.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Every code a gate may give. A code that is not here is shown as it is: nothing is hidden.
REASONS: dict[str, _StrPromise] = {
    "newcomer": _("They are new here: a host reads the first words of every newcomer."),
    "unknown-kind": _("The gate does not know this kind of text."),
    "unknown-author": _("It came without an author."),
    "empty": _("There are no words in it."),
    "no-gate": _("No gate stands, so everything waits."),
    **SEEN,
}

# What hosts do that has no row of its own beside the ledger's.
LOGGED: dict[str, _StrPromise] = {
    "delivery.retried": _("let it be tried again"),
    "delivery.dropped": _("let it go"),
    "member.welcomed": _("welcomed"),
    "member.paused": _("paused"),
    "member.pause_ended": _("ended the pause of"),
    "member.host_appointed": _("made a host"),
    "member.hosting_ended": _("ended the hosting of"),
    "appeal.asked": _("asked for another host's look"),
    "safeguarding.appointed": _("named to look after safeguarding"),
    "safeguarding.stepped_down": _("ended the safeguarding task of"),
    "policy.reviewed": _("read the safeguarding policy"),
    "helpline.confirmed": _("confirmed a helpline"),
}

# Every sort of line in the log, as a host may narrow it.
KINDS: list[tuple[str, _StrPromise | str]] = [
    *((code, label) for code, label in Decision.What.choices if code != Decision.What.CLOSE),
    *LOGGED.items(),
]


@dataclass(frozen=True)
class Note:
    """A note a host may start from. It is sent in the author's language."""

    slug: str
    label: _StrPromise
    words: _StrPromise
    # What it usually stands for in the record; a host may choose another.
    reason: str = ""

    def in_language(self, language: str) -> str:
        with override(language):
            return str(self.words)


NOTES = (
    Note(
        "safe",
        _("Leave out what could point to a child"),
        _(
            "Thank you for writing this. Before others read it, please take out names, places and"
            " ages that could point to a child or a family. What you learned will stay, and the"
            " child stays safe."
        ),
        Because.CHILD,
    ),
    Note(
        "one-case",
        _("It is about one case"),
        _(
            "Thank you for trusting us with this. It reads like the situation of one child, and we"
            " cannot help with single cases here: too many people read along. Please speak to your"
            " child protection service or a child helpline today. When it has settled, tell us what"
            " it taught you in general; that will help others."
        ),
        Because.CASE,
    ),
    Note(
        "more",
        _("A little more would help"),
        _(
            "Thank you for your question. Two or three more sentences would bring you better"
            " answers: what is it like where you work, what have you tried, and what would you most"
            " like to know?"
        ),
        Because.MORE,
    ),
    Note(
        "respect",
        _("Say it so that the people in it could read it"),
        _(
            "Thank you for sharing this. Please read it once more as if the people you write about"
            " were sitting beside you, and change what could shame or blame them."
        ),
        Because.HARM,
    ),
    Note(
        "elsewhere",
        _("It belongs somewhere else"),
        _(
            "Thank you. This is a place where practitioners learn from each other, and this reads"
            " more like an announcement. Please write it as a notice of your organisation, or tell"
            " us what others can learn from it."
        ),
        Because.ELSEWHERE,
    ),
    Note(
        "patience",
        _("We need a little time"),
        _(
            "Thank you for writing. We want to think about this with a colleague before it goes"
            " out, and will write to you within two days. Nothing is lost."
        ),
        Because.THINKING,
    ),
)


def in_words(reasons: tuple[Reason, ...]) -> list[str]:
    """Each reason once, in the host's language."""
    return [str(REASONS.get(code, code)) for code in dict.fromkeys(r.code for r in reasons)]


def note(slug: str) -> Note | None:
    """The ready note of that name."""
    return next((one for one in NOTES if one.slug == slug), None)


def confirmation(what: str, author: Member | None) -> str:
    """What a host reads after deciding."""
    name = author.shown_name if author else ""
    said = {
        Decision.What.PUBLISH: _("Published. %(name)s is told by e-mail."),
        Decision.What.HOLD: _("Held. Your note is on its way to %(name)s."),
        Decision.What.REWRITE: _("Your note is on its way to %(name)s, who can rewrite it now."),
    }
    brief = {
        Decision.What.PUBLISH: _("Published."),
        Decision.What.HOLD: _("Held."),
        Decision.What.REWRITE: _("Held until it is rewritten."),
    }
    decided = Decision.What(what)
    return str(said[decided]) % {"name": name} if name else str(brief[decided])

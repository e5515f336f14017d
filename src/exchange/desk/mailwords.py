"""What hosts read about mail: codes in words.
Used by the desk's page of mail."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Why a mail is left to a host, by how its code begins; the longest beginning that fits counts.
_OUTCOMES = {
    "unknown": _("from an address we do not know"),
    "to-the-desk": _("to the hosts"),
    "no-sender": _("says nothing of whom it is from"),
    "broke": _("we could not finish it"),
    "file-lost": _("its file is gone"),
    "no-handler": _("nobody takes such mail yet"),
    "perhaps-automatic": _("perhaps an automatic answer"),
    "expired": _("to an address that has run out"),
    "account-closed": _("of a member who has left"),
    "answer-of": _("an answer, but not from the person we wrote to"),
    "receipt-of": _("about a mail of somebody else"),
    "confirm": _("a yes or no that does not fit"),
    "join": _("about joining"),
    "leave": _("somebody may want to leave"),
    "sure": _("we could not tell whether it is from this member"),
}
_NOT_SURE = "not-sure-who"
TRUST = {
    "pass": _("the sender’s mail provider vouches for it"),
    "fail": _("the sender’s mail provider disowns it"),
}
STATES: dict[str, object] = {
    "sent": _("sent"),
    "queued": _("waiting to go"),
    "sending": _("on its way"),
    "bounced": _("came back"),
    "suppressed": _("held back at the last look"),
    "dropped": _("stopped"),
    "failed": _("refused"),
    "unsure": _("perhaps sent"),
}
KINDS: dict[str, object] = {
    "hard": _("came back for good"),
    "soft": _("came back for now"),
    "delayed": _("late"),
    "policy": _("refused by a provider’s rules"),
    "complaint": _("marked as unwanted"),
    "unclear": _("not clear"),
}
STANDINGS: dict[str, object] = {
    "doubtful": _("asked whether they still work"),
    "dead": _("do not work"),
    "unwanted": _("do not want our mail"),
}
OPENS: dict[str, object] = {
    "question": _("a question"),
    "experience": _("an experience"),
    "notice": _("a notice"),
    "idea": _("an idea"),
    "discussion": _("a discussion"),
    "desk": _("a word to the hosts"),
    "concern": _("a worry about a child, for safeguarding alone"),
}


def outcome(code: str) -> str:
    """Why a host should look, in words."""
    if code.endswith(_NOT_SURE):
        return str(_OUTCOMES["sure"])
    fitting = [begin for begin in _OUTCOMES if code.startswith(begin)]
    if not fitting:
        return gettext("something we could not do by ourselves")
    return str(_OUTCOMES[max(fitting, key=len)])

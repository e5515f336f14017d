"""What the writer reads when something was noticed: what it is, why it matters, a safer wording.
Read by this room's template tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from exchange.safeguarding.screening import findings

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Words:
    """For one code: what was noticed, why it matters, how it could be said."""

    seen: _StrPromise
    why: _StrPromise
    safer: _StrPromise


_ONE_CHILD = _(
    "Many people read here, also in the place you write about. Together, a name, an age and a place"
    " can lead to one child, even when the name is changed."
)

WORDS: dict[str, Words] = {
    findings.CHILD_NAMED: Words(
        _("This reads like the name of a child, with an age, a family or a place."),
        _ONE_CHILD,
        _("“A girl of about 12 in one district” tells others all they need."),
    ),
    findings.CHILD_DESCRIBED: Words(
        _("An exact age, a small place, a family or a day stand together here."),
        _ONE_CHILD,
        _("Say “a boy of about 10”, “a school in one district”, “a relative”, “some weeks ago”."),
    ),
    findings.PHONE: Words(
        _("This looks like the phone number of a person."),
        _("A number that stands here can be called by anybody, also by those who wish harm."),
        _("Leave it out. People can answer you here. Numbers of helplines may stay."),
    ),
    findings.EMAIL: Words(
        _("This looks like the e-mail address of a person."),
        _("An address that stands here can be written to by anybody, for years."),
        _("Leave it out, or give the general address of your office, like info@…"),
    ),
    findings.MAP: Words(
        _("This shows an exact place on a map."),
        _("It leads to one house. A family or a shelter could be found with it."),
        _("Name the district or the country instead."),
    ),
    findings.CASE_NUMBER: Words(
        _("This looks like the number of a file or of a person."),
        _("Who can look into that file then knows whom you write about."),
        _("Leave the number out; others can answer without it."),
    ),
    # Of a newcomer's private message; elsewhere a host sees to it.
    "links": Words(
        _("This is a link."),
        _("People new here cannot send links in private: too often they lead to fraud."),
        _("Say in words what you mean; when a host has let out something of yours, you can."),
    ),
    findings.ONE_CASE: Words(
        _("This reads as if it were about one child you are working with now."),
        _(
            "Too many people read along here for a single case, and the child has not agreed to it."
            " Please speak to your supervisor or your child protection service about it."
        ),
        _("Ask in general: “What helps when a child does not want to go home?”"),
    ),
}


def words_for(code: str) -> Words:
    """The words of a code; those about one child when it is a new one."""
    return WORDS.get(code, WORDS[findings.CHILD_DESCRIBED])

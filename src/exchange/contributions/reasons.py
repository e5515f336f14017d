"""What gates saw in a text, in words for whoever decides about it.
Shown at the desk and on the team's pages of a webinar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SEEN: dict[str, _StrPromise] = {
    "links": _("There are more than two links in it."),
    "gate-failed": _("A gate failed while it read this. Please read with double care."),
    "danger": _("It may tell of danger now, or threaten somebody. Please read it first."),
    "child-named": _("A child may be named in it, with an age, a family or a place."),
    "child-described": _("An age, a small place, a family or a day together may point to a child."),
    "one-case": _("It reads as if it were about one child's case."),
    "phone": _("There is a phone number in it."),
    "email": _("There is an e-mail address in it."),
    "map": _("There is an exact place on a map in it."),
    "case-number": _("There is the number of a file or of a person in it."),
    "spam": _("It looks like advertising or a flood."),
    "too-long": _("It is too long for the program; only a person can judge it."),
}

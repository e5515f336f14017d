"""The questions of the month for mentor pairs: short, one at a time, in an order that begins gently.
Read by the letters of this matter, in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _


def question(number: int) -> str:
    """The question of a month, counted from 0; after the last one they begin again."""
    every = (
        _("What changed in your work since the workshop, and what stayed as it was?"),
        _("What was hard this month? What did you do about it?"),
        _("Who in the community took something into their own hands? How did you notice?"),
        _("What will you try before the next letter? What could get in its way?"),
        _("What did you stop doing, or do less of? What came of it?"),
        _("What did children or young people say about your work, in their own way?"),
        _("Where did you listen longer than usual? What did you hear?"),
        _("Who is not at the table yet, and what would bring them there?"),
        _("What worked well with chiefs, officers or services, and what did not?"),
        _("What would you tell somebody who begins this work tomorrow?"),
        _("What gives you strength at present, and what takes it away?"),
        _("Look back at this year of letters: what did you learn from each other?"),
    )
    return every[number % len(every)]

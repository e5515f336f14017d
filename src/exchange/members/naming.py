"""Which names people may be known by: no contact details, nothing that passes for a host.
Called by forms, to say it kindly, and by actions, to hold to it."""

from __future__ import annotations

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.core import gates, languages
from exchange.core.text import skeleton
from exchange.members import queries, rules
from exchange.members.models import Member


class Problem(Enum):
    """Why a name or a line about oneself cannot stand, in the words the writer reads."""

    CONTACT = _(
        "Please leave out phone numbers, web and e-mail addresses: everybody can read this."
    )
    NO_LETTERS = _("A name needs at least one letter. You can also leave it empty.")
    THE_HOUSE = _(
        "This name could be taken for the people who run the Exchange. Please choose another."
    )
    A_HOST = _("This name looks like the name of a host. Please choose another.")
    REFUSED = _("These words cannot be shown. Please choose others.")
    NOTICED = _(
        "This could lead to a child or to somebody at risk. Please say it without names, ages and"
        " places."
    )
    CANNOT_CHECK = _("This cannot be checked just now. Leave it empty; you can add it later.")

    @property
    def words(self) -> Promise:
        value: Promise = self.value
        return value


class NameRefused(ValueError):
    """A name that cannot stand; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.name)
        self.problem = problem


def problem_with_name(name: str, *, member: Member | None = None) -> Problem | None:
    """What is wrong with a name (already cleaned); None when it can stand. Empty can."""
    if not name:
        return None
    if not skeleton(name):
        return Problem.NO_LETTERS
    if rules.is_contact(name):
        return Problem.CONTACT
    if rules.is_of_the_house(name) and not (member and member.is_appointed):
        return Problem.THE_HOUSE
    if queries.looks_like_a_host(name, besides=member):
        return Problem.A_HOST
    return _at_the_gates(name, member)


def problem_with_line(line: str, *, member: Member | None = None) -> Problem | None:
    """The same for what people say about their work."""
    if not line:
        return None
    if rules.is_contact(line):
        return Problem.CONTACT
    verdict = _judged(line, member)
    return _refused(verdict) or (Problem.NOTICED if verdict.noticed else None)


def _at_the_gates(text: str, member: Member | None) -> Problem | None:
    """A name that is only held stands: a newcomer needs one. A broken gate refuses."""
    return _refused(_judged(text, member))


def _judged(text: str, member: Member | None) -> gates.Verdict:
    return gates.judge(
        gates.Submission(
            text=text,
            kind="name",
            language=languages.current(),
            author_id=member.pk if member else None,
            author_is_host=bool(member and member.is_host),
            author_is_newcomer=member is None or member.is_newcomer,
        )
    )


def _refused(verdict: gates.Verdict) -> Problem | None:
    if any(reason.code == "gate-failed" for reason in verdict.reasons):
        return Problem.CANNOT_CHECK
    return Problem.REFUSED if verdict.outcome is gates.Outcome.REFUSE else None

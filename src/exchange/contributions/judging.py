"""Asking the gates about what a member wants to send, and turning their answer into named errors.
Called by the actions of contributions and conversation."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.contributions.errors import Noticed, Refused
from exchange.contributions.models import Contribution
from exchange.core import gates, worries
from exchange.hubs import trusting
from exchange.hubs.models import Space
from exchange.members.models import Member


@dataclass(frozen=True)
class Home:
    """The hub or group something is written in, and whether it is for those inside alone."""

    space: Space | None = None
    is_inside: bool = False

    def is_newcomer(self, author: Member) -> bool:
        """Whom hosts, who are few, have to read. Inside, those who took them in know them."""
        if self.space is None or not self.is_inside:
            return author.is_newcomer
        return trusting.is_newcomer_inside(author, self.space)


NOWHERE = Home()


def home_of(contribution: Contribution, *, of_reply: bool = False) -> Home:
    """Where it stands. An answer to what everybody reads is nobody's at home."""
    if of_reply and not contribution.is_inside:
        return NOWHERE
    return Home(contribution.space, contribution.is_inside)


def judged(
    *,
    text: str,
    title: str = "",
    kind: str,
    language: str,
    author: Member,
    origin: str,
    insist: bool,
    home: Home = NOWHERE,
) -> gates.Verdict:
    """Pass or hold. In a hub or group its own rule counts as well. Raises Refused when a gate
    refuses, Noticed when one asks the writer first and
    the writer has not seen it yet (`insist`)."""
    verdict = gates.judge(
        gates.Submission(
            text=text,
            title=title,
            kind=kind,
            language=language,
            author_id=author.pk,
            author_is_host=author.is_host,
            author_is_newcomer=home.is_newcomer(author),
            origin=origin,
        )
    )
    if verdict.outcome is gates.Outcome.REFUSE:
        raise Refused(verdict.reasons)
    if verdict.noticed and not insist:
        raise Noticed(verdict.noticed)
    if verdict.passed and home.space is not None and trusting.reads_first(author, home.space):
        return gates.Verdict(gates.Outcome.HOLD, (gates.Reason("read-first"),))
    return verdict


# Codes of a gate that could not look, or that found no words a host would write.
_NOT_A_HOSTS = frozenset({"no-gate", "gate-failed", "spam", "too-long"})


def hosts_words(*, text: str, language: str, by: Member) -> None:
    """For words of hosts that have no page where they could wait: an answer by mail, a line on the
    home page. A telephone number or an address is theirs to give. Raises Noticed for what points to
    one child, also a second time, and Refused."""
    verdict = judged(
        text=text, kind="reply", language=language, author=by, origin="web", insist=True
    )
    if pointing := worries.pointing(verdict.reasons):
        raise Noticed(pointing)
    if {reason.code for reason in verdict.reasons} & _NOT_A_HOSTS:
        raise Refused(verdict.reasons)

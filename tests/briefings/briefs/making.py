"""A talk and a brief made from it, for the tests of briefs and quotes.
Called by tests alone."""

from typing import Any

from exchange.briefings import queries
from exchange.briefings.briefs import actions
from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import words
from exchange.briefings.quoting.sources import Passage
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.members.models import Member
from tests import cast

SAID = "We asked the **grandmothers** first, and then the fathers came by themselves."


def femi() -> Member:
    found = Member.objects.filter(email="femi@example.org").first()
    return found or cast.person("Femi", country="NG", welcomed_at=now())


def question(author: Member, title: str = "How do fathers come to meetings?") -> Contribution:
    content = Content(
        title=title,
        body="Ours are always away at work.",
        topics=("child-participation",),
        countries=("KE",),
        language="en",
    )
    return submit(kind="question", content=content, author=author)


def said(row: Contribution, author: Member, body: str = SAID) -> Reply:
    return answer(contribution=row, author=author, body=body, language="en")


def body_with(*passages: tuple[str, str]) -> str:
    quotes = "\n\n".join(words.as_quote(one, credit) for one, credit in passages)
    return f"Fathers come when they are asked.\n\n## What people said\n\n{quotes}\n\n## What to try\n\nAsk twice."


def brief_of(host: Member, reply: Reply, *, body: str = "", **given: Any) -> Brief:
    row = reply.contribution
    content = Content(
        title=given.pop("title", "Fathers in meetings"),
        body=body or body_with((reply.body, reply.shown_as)),
        topics=("child-participation",),
        countries=("KE",),
    )
    passages = given.pop("quotes", [Passage(row.pk, reply.body, reply.pk)])
    return actions.prepare(content=content, by=host, sources=[row], quotes=passages, **given)


def fresh(brief: Brief) -> Brief:
    found: Brief = queries.every_brief().get(pk=brief.pk)
    return found


def quote_of(brief: Brief) -> Quoted:
    return Quoted.objects.select_related("brief").get(brief=brief)

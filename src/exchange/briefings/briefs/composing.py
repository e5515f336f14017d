"""The draft of a brief, from what a host has ticked: put together, and put together anew without
losing what was typed. Called by the page where a brief is put together; asks no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.briefings.briefs.talks import Said, Talk
from exchange.briefings.quoting import crediting, words
from exchange.core.languages import INTERFACE
from exchange.taxonomy import vocabulary

LONGEST_MESSAGE = 900
_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)

# A text of the talk, and what was typed as a passage of it ("" for all of it).
Taken = tuple[Said, str]


def begun(talks: Sequence[Talk], taken: Iterable[Taken], language: str) -> str:
    """A first draft: what was asked, what people said, and a place for what to try."""
    with override(_spoken(language)):
        asked, said, tried = (f"## {heading}" for heading in _headings())
        lead = _lead(talks)
    body = "\n\n".join(filter(None, (lead, asked, said, tried)))
    return put_together(body, taken, (), language)


def put_together(body: str, taken: Iterable[Taken], left: Iterable[Taken], language: str) -> str:
    """The text with what was ticked since, and without what was not ticked any more. Whatever else
    stands in it stays."""
    for said, typed in left:
        for one in (said.words, typed):
            body = words.taken_out(one, body) if words.is_enough(one) else body
    for said, typed in taken:
        if typed.strip() and words.stands_whole(said.words, body):
            body = words.taken_out(said.words, body)
        wanted = said.passage(typed).words
        if not words.stands_whole(wanted, body):
            credit = crediting.named(said.place, language)
            body = _placed(body, words.as_quote(wanted, credit), said, language)
    return body.strip()


def without_empty_parts(body: str) -> str:
    """Headings under which nothing came to stand are left out."""
    while True:
        kept = re.sub(r"(?m)^#{1,6} [^\n]*\n*(?=^#{1,6} |\Z)", "", body)
        if kept == body:
            return body.strip()
        body = kept


def title_for(talks: Sequence[Talk], language: str) -> str:
    """A title to begin with that is nobody's words: an hour's own, or its topic."""
    first = talks[0].source if talks else None
    if first is None:
        return ""
    if first.kind == "webinar":
        return first.title
    with override(_spoken(language)):
        topic = vocabulary.label(f"topic:{first.topic_slugs[0]}") if first.topic_slugs else ""
        return _("%(topic)s: what people say") % {"topic": topic} if topic else ""


def message_for(title: str, body: str) -> str:
    """The same at the size of a message: what it is called, and its first lines before the first
    heading. Nobody's quoted words."""
    opening = _HEADING.split(body, maxsplit=1)[0]
    plain = "\n".join(line for line in opening.splitlines() if not line.lstrip().startswith(">"))
    return f"{title}\n\n{plain.strip()}".strip()[:LONGEST_MESSAGE]


def unticked(talks: Iterable[Talk], taken: Sequence[Taken], texts: Iterable[str]) -> list[Said]:
    """Of whom words stand in the texts that nobody has ticked: they would not be asked."""
    texts = list(texts)
    for said, typed in taken:
        texts = [words.taken_out(said.passage(typed).words, text) for text in texts]
    return [
        said
        for talk in talks
        for said in talk.said
        if not said.place.is_by_hosts and any(words.stands(said.words, text) for text in texts)
    ]


def _placed(body: str, quote: str, said: Said, language: str) -> str:
    """Under the heading where it belongs, after what stands there already; else at the end."""
    with override(_spoken(language)):
        asked, spoken, _tried = _headings()
    heading = asked if said.is_question else spoken
    found = re.search(rf"(?m)^#+ {re.escape(heading)}\s*$", body)
    if found is None:
        return f"{body}\n\n{quote}".strip()
    after = _HEADING.search(body, found.end())
    end = after.start() if after else len(body)
    return f"{body[:end].rstrip()}\n\n{quote}\n\n{body[end:]}".strip()


def _headings() -> tuple[str, str, str]:
    return _("What was asked"), _("What people said"), _("What to try")


def _lead(talks: Sequence[Talk]) -> str:
    people = {
        said.place.author.pk
        for talk in talks
        for said in talk.said
        if said.place.author is not None and said.place.reply_number
    }
    if not people:
        return ""
    told = ngettext(
        "%(n)d person wrote about this on the Exchange. In short:",
        "%(n)d people wrote about this on the Exchange. In short:",
        len(people),
    )
    return told % {"n": len(people)}


def _spoken(language: str) -> str:
    return language if language in INTERFACE else settings.LANGUAGE_CODE

"""What stands on the one page where a brief is put together: sources, ticks, passages, the words.
Called by the views of the desk beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from exchange.briefings.briefs import composing, queries
from exchange.briefings.briefs.forms import WordsForm, in_a_year, initial_of
from exchange.briefings.briefs.talks import (
    MOST_SOURCES,
    Said,
    Talk,
    former_words,
    proposed,
    talks_of,
)
from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import words
from exchange.briefings.quoting.sources import Passage
from exchange.contributions.models import Contribution
from exchange.core import ids, languages

_ASK_KEYS = 200
_WORDS = ("title", "body", "message", "credit")


@dataclass
class Screen:
    """The page as it is now, whether just opened, sent, or brought back from a draft."""

    brief: Brief | None
    talks: list[Talk]
    taken: list[str]
    typed: dict[str, str]
    once: str
    find: str = ""
    found: list[Contribution] = field(default_factory=list)
    # The words of what was ticked and cannot be read any more, or is no source any more.
    gone: list[str] = field(default_factory=list)

    @property
    def ticked(self) -> list[tuple[Said, str]]:
        return [
            (said, self.typed.get(said.key, "")) for said in self._every() if said.key in self.taken
        ]

    @property
    def left(self) -> list[tuple[Said, str]]:
        return [
            (said, self.typed.get(said.key, ""))
            for said in self._every()
            if said.key not in self.taken
        ]

    @property
    def passages(self) -> list[Passage]:
        return [said.passage(typed) for said, typed in self.ticked]

    @property
    def sources(self) -> list[Contribution]:
        return [talk.source for talk in self.talks]

    @property
    def shown(self) -> list[tuple[Talk, list[dict[str, Any]]]]:
        """The talks with what is ticked, for the template."""
        return [
            (
                talk,
                [
                    {
                        "said": said,
                        "on": said.key in self.taken,
                        "typed": self.typed.get(said.key, ""),
                    }
                    for said in talk.said
                ],
            )
            for talk in self.talks
        ]

    @property
    def countries(self) -> list[str]:
        codes = [code for source in self.sources for code in source.country_codes]
        codes += self.brief.country_codes if self.brief is not None else []
        return list(dict.fromkeys(codes))[:12]

    def without_gone(self, text: str) -> str:
        """Words that were taken back while the page stood open."""
        for said in self.gone:
            text = words.taken_out(said, text)
        return text

    def _every(self) -> list[Said]:
        return [said for talk in self.talks for said in talk.said]


def opened(request: HttpRequest, brief: Brief | None) -> tuple[Screen, WordsForm]:
    """The page as it opens: from a talk, with the best proposed; or a brief as it stands."""
    if brief is not None:
        pks = list(brief.sources.values_list("contribution_id", flat=True))
        pks += [pk for pk in _numbers(request.GET.getlist("from")) if pk not in pks]
        talks = talks_of(pks)
        quotes = list(brief.quotes.exclude(answer__in=(Quoted.Answer.GONE, Quoted.Answer.DECLINED)))
        taken, typed = _of_quotes(talks, quotes)
        screen = Screen(brief, talks, taken, typed, ids.new_id())
        return screen, WordsForm(initial=initial_of(brief), countries=screen.countries)
    talks = talks_of(_numbers(request.GET.getlist("from")))
    screen = Screen(None, talks, proposed(talks), {}, ids.new_id())
    return screen, WordsForm(initial=_begun(screen), countries=screen.countries)


def sent(data: Any, brief: Brief | None) -> Screen:
    """The page as it comes back, from a form or from a draft."""
    talks = talks_of(_numbers(data.getlist("source")))
    known = {said.key for talk in talks for said in talk.said}
    wanted = data.getlist("take")[:_ASK_KEYS]
    return Screen(
        brief=brief,
        talks=talks,
        taken=[key for key in wanted if key in known],
        typed={key: data.get(f"passage-{key}", "") for key in known if data.get(f"passage-{key}")},
        once=ids.sent_back(data.get("once", "")) or ids.new_id(),
        find=data.get("find", "")[:200],
        found=queries.found_by(data.get("find", "")),
        gone=[said for key in wanted if key not in known for said in _left_by(key, data)],
    )


def put_together(screen: Screen, data: Any) -> Any:
    """What was sent, its page made anew from the ticks; nothing that was typed is lost."""
    data = without_gone(screen, data)
    language = data.get("language") or languages.current()
    data["body"] = composing.put_together(data["body"], screen.ticked, screen.left, language)
    return data


def without_gone(screen: Screen, data: Any) -> Any:
    """What was sent or kept, without what was taken back since."""
    data = data.copy()
    for name in _WORDS:
        data[name] = screen.without_gone(data.get(name, ""))
    return data


def _left_by(key: str, data: Any) -> list[str]:
    """The passage that was typed, and all of it: either may stand in the text."""
    return [one for one in (data.get(f"passage-{key}", ""), *former_words(key)) if one.strip()]


def _begun(screen: Screen) -> dict[str, Any]:
    first = screen.sources[0] if screen.sources else None
    language = first.language if first is not None else languages.current()
    body = composing.begun(screen.talks, screen.ticked, language)
    title = composing.title_for(screen.talks, language)
    topics = [slug for source in screen.sources for slug in source.topic_slugs]
    return {
        "title": title,
        "body": body,
        "message": composing.message_for(title, body),
        "review_on": in_a_year(),
        "language": language,
        "topics": list(dict.fromkeys(topics))[:5],
        "countries": screen.countries,
        "hub": next((hub for source in screen.sources if (hub := getattr(source, "hub", ""))), ""),
    }


def _of_quotes(talks: list[Talk], quotes: list[Quoted]) -> tuple[list[str], dict[str, str]]:
    """Which texts are ticked in a brief that is there already, and with which passage."""
    taken, typed = [], {}
    for quote in quotes:
        for said in (said for talk in talks for said in talk.said):
            place = said.place
            at = (place.contribution.pk, place.reply_number)
            if at != (quote.contribution_id, quote.reply_number) or said.key in taken:
                continue
            if words.stands_whole(quote.words, said.words):
                taken.append(said.key)
                if quote.words.strip() != said.words.strip():
                    typed[said.key] = quote.words
                break
    return taken, typed


def _numbers(given: list[str]) -> list[int]:
    known = [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 18]
    return list(dict.fromkeys(known))[:MOST_SOURCES]

"""Quotes in a brief: chosen, asked about, answered, taken out again wherever they stand.
Called by the pages of hosts and of those quoted, by their mails and by what follows from events;
each verb is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from exchange.briefings.errors import NotNow, NotThere
from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import crediting, forgetting, sources, words
from exchange.briefings.quoting.sources import Passage
from exchange.contributions import actions as spine
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import State
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member

Answer = Quoted.Answer
_MAY_ANSWER = (Answer.NAMED, Answer.UNNAMED, Answer.DECLINED)
# The manager comes from the parent, so types would say Contribution.
_BRIEFS: Any = Brief.objects


def choose(*, brief: Brief, passages: Iterable[Passage], by: Member) -> list[Quoted]:
    """Keep which passages stand in it, and whose they are. Hosts' own and those the Exchange began
    with are agreed already. Raises NotAllowed; NotThere when words do not stand where they are said
    to, are too few, or nobody is left who could be asked."""
    if not by.is_host:
        raise NotAllowed
    made = []
    with transaction.atomic():
        row = locked(brief)
        known = list(row.quotes.exclude(answer=Answer.GONE))
        place = len(known)
        for passage in passages:
            if any(_is_same(quote, passage) for quote in known):
                continue
            quote = _chosen(row, passage, place)
            known.append(quote)
            made.append(quote)
            place += 1
    return made


def drop(*, quote: Quoted, by: Member) -> None:
    """A host leaves a passage out: it goes from the text, and nobody is asked any more. What
    somebody said no to stays known. Raises NotAllowed, NotNow once it is out."""
    if not by.is_host:
        raise NotAllowed
    with transaction.atomic():
        row = locked(quote.brief)
        if row.state != State.DRAFT:
            raise NotNow
        fresh = Quoted.objects.get(pk=quote.pk)
        _write(row, lambda text: words.taken_out(fresh.words, text))
        forgetting.letters(fresh)
        if fresh.answer not in (Answer.DECLINED, Answer.GONE):
            fresh.delete()


def ask(*, brief: Brief, by: Member) -> int:
    """Ask everybody who is quoted and was not asked yet; the letters follow. Gives how many.
    Raises NotAllowed."""
    if not by.is_host:
        raise NotAllowed
    with transaction.atomic():
        row = locked(brief)
        if row.state == State.WITHDRAWN:
            return 0
        count = 0
        for quote in row.quotes.filter(answer=Answer.CHOSEN):
            _set(quote, answer=Answer.ASKED, asked_at=now())
            _entry("quote.asked", quote, by)
            count += 1
    return count


def answer(*, quote: Quoted, how: str, via: str = "web") -> Quoted:
    """What whoever is quoted says, also later and once more. With a no the words leave the brief at
    once, wherever they stand; without the name it goes. Raises NotNow when the words or the brief
    are gone."""
    how = Answer(how)
    if how not in _MAY_ANSWER:
        raise ValueError(how)
    with transaction.atomic():
        row = locked(quote.brief)
        fresh = Quoted.objects.get(pk=quote.pk)
        if fresh.answer == Answer.GONE or not is_standing(row):
            raise NotNow
        thanked = crediting.thanks(row.quotes.all(), row.language)
        _set(fresh, answer=how, answered_at=now())
        _follow(row, fresh, thanked)
        _entry("quote.answered", fresh, None, answer=str(how), via=via)
    return fresh


def gone(*, quote: Quoted) -> None:
    """The words were taken back where they came from, sealed, held, changed, or their writer has
    left: they leave the brief, and nothing is kept of them. Twice is once."""
    with transaction.atomic():
        row = locked(quote.brief)
        fresh = Quoted.objects.get(pk=quote.pk)
        if fresh.answer == Answer.GONE:
            return
        thanked = crediting.thanks(row.quotes.all(), row.language)
        said, name, stood = fresh.words, fresh.shown_as, fresh.answer != Answer.DECLINED
        _set(fresh, answer=Answer.GONE, words="", shown_as="")
        if stood:
            _take_out(row, said, name, thanked)
        forgetting.letters(fresh)
        _entry("quote.gone", fresh, None)


def set_aside(brief: Brief) -> None:
    """Hosts are told, if anybody could read it until now."""
    if spine.set_aside(contribution=brief):
        record(
            "brief.set_aside",
            subject_type="contribution",
            subject_id=brief.pk,
            detail={"kind": "brief"},
            public=False,
        )
        brief.refresh_from_db()


def is_standing(brief: Brief) -> bool:
    """Whether anybody can still be asked about it."""
    return brief.sealed_at is None and brief.state != State.WITHDRAWN


def locked(brief: Brief) -> Brief:
    """The brief and its row of the shared table, as they are now; sealed ones as well: words leave
    those too."""
    rows: Any = Brief.objects.select_for_update(of=("self", "contribution_ptr"), no_key=True)
    row: Brief = rows.get(pk=brief.pk)
    return row


def _chosen(brief: Brief, passage: Passage, place: int) -> Quoted:
    found = sources.place_of(passage.contribution_id, passage.reply_number)
    said = passage.words.strip()
    if found is None or not found.may_be_quoted or not words.is_enough(said):
        raise NotThere(said)
    if not words.stands_whole(said, found.text):
        raise NotThere(said)
    agreed = {"answer": Answer.NAMED, "answered_at": now()} if found.is_by_hosts else {}
    return Quoted.objects.create(
        brief=brief,
        contribution=found.contribution,
        reply_number=found.reply_number,
        member=found.author,
        words=said,
        language=found.language,
        shown_as=found.shown_as,
        place=place,
        **agreed,
    )


def _is_same(quote: Quoted, passage: Passage) -> bool:
    same = (quote.contribution_id, quote.reply_number) == (
        passage.contribution_id,
        passage.reply_number,
    )
    return same and quote.words == passage.words.strip()


def _follow(brief: Brief, quote: Quoted, thanked: str) -> None:
    """The text as it is after an answer."""
    if quote.answer == Answer.DECLINED:
        _take_out(brief, quote.words, quote.shown_as, thanked)
        return
    credit = crediting.credit_of(quote, brief.language)
    _write(brief, lambda text: words.credited_anew(quote.words, text, credit))
    name = quote.shown_as if quote.answer == Answer.UNNAMED else ""
    _thank_anew(brief, thanked, name)
    if name and _is_named(brief, name):
        set_aside(brief)


def _take_out(brief: Brief, said: str, name: str, thanked: str) -> None:
    """Out of everything. Where a piece of it is left, because somebody put it in other words, the
    brief is out of view until a host has looked."""
    title = brief.title
    _write(brief, lambda text: words.taken_out(said, text))
    _thank_anew(brief, thanked, name)
    forgetting.mails_with(brief, said)
    texts = (brief.title, brief.body, brief.message, brief.credit)
    is_named = bool(name) and _is_named(brief, name)
    if brief.title != title or is_named or any(words.is_left(said, text) for text in texts):
        set_aside(brief)


def _write(brief: Brief, cleaned: Callable[[str], str]) -> None:
    """The text with every earlier version, and the message."""
    spine.leave_out(contribution=brief, cleaned=cleaned)
    _BRIEFS.filter(pk=brief.pk).update(message=cleaned(brief.message))
    brief.refresh_from_db()


def _thank_anew(brief: Brief, thanked: str, name: str) -> None:
    """A line that was made from the answers is made anew; one that was written keeps its words, but
    a name that is not to stand there."""
    credit = brief.credit
    if credit == thanked or (name and words.names(name, credit)):
        credit = crediting.thanks(brief.quotes.all(), brief.language)
    if credit != brief.credit:
        _BRIEFS.filter(pk=brief.pk).update(credit=credit)
        brief.credit = credit


def _is_named(brief: Brief, name: str) -> bool:
    """Whether they are named somewhere that is not about other words of theirs."""
    still = brief.quotes.filter(shown_as=name, answer=Answer.NAMED).exists()
    texts = (brief.title, brief.body, brief.message, brief.credit)
    return not still and any(words.names(name, text) for text in texts)


def _set(quote: Quoted, **given: Any) -> None:
    for name, value in given.items():
        setattr(quote, name, value)
    quote.save(update_fields=list(given))


def _entry(kind: str, quote: Quoted, by: Member | None, **detail: str) -> None:
    record(
        kind,
        subject_type="quote",
        subject_id=quote.pk,
        actor_id=by.pk if by else None,
        detail={"brief": quote.brief_id, **detail},
        public=False,
    )

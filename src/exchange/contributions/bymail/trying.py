"""One attempt to make something of words that came by mail: whatever happens, the words are kept and
their writer is told. Used by the handlers of contributions and conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.bymail import letters
from exchange.contributions.bymail.letters import Made
from exchange.contributions.bymail.written import Written
from exchange.contributions.content import Content
from exchange.contributions.errors import (
    ChangedMeanwhile,
    Closed,
    NotAllowed,
    Noticed,
    Refused,
    SpineError,
    TooMany,
)
from exchange.contributions.forms import LONGEST_TEXT
from exchange.contributions.noticing import passages_at
from exchange.core.time import now
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail
from exchange.mail.paper import Paper
from exchange.mail.receiving.answering import answer
from exchange.members.models import Member

UNDO_FOR = timedelta(minutes=letters.MINUTES)
Detail = dict[str, int | str | bool]


class Missing(SpineError):
    """Something the form needs is not there; `words` ask for it. The code says what."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code, self.words = code, words


@dataclass(frozen=True)
class Try:
    """Who wants what. `send` makes or changes a row with these words, `insist`ing or not; `content`
    is what the gates read; `keep` puts the words into a draft and says where it goes on.
    `detail` is noted, so that an answer to our answer finds the way."""

    arrived: Arrived
    member: Member
    written: Written
    # "answer", or a kind; with "-change" when it changes what stands.
    code: str
    detail: Detail
    send: Callable[[str, bool], Made]
    content: Callable[[str], Content]
    keep: Callable[[str], str]
    title: str = ""
    changed: bool = False

    @property
    def noted(self) -> Detail:
        """What is noted on the mail, with whose words these are."""
        noted: Detail = {**self.detail, "words_of": self.written.source}
        return {**noted, "restored": True} if self.written.restored else noted


def attempt(this: Try, *, insist: bool = False) -> Outcome:
    """Send the words; tell what became of them."""
    words = this.written.words
    with override(this.member.first_language):
        if not words:
            return _told(this, letters.empty(this.member, this.written), "empty")
        if len(words) > LONGEST_TEXT:
            return _kept(this, "too-long", _too_long())
        try:
            made = this.send(words, insist)
        except Noticed as seen:
            return _noticed(this, seen)
        except SpineError as refusal:
            return _kept(this, *_why(refusal, this))
        return _made(this, made)


def settle(row: IncomingMail, outcome: Outcome) -> None:
    """Note on an earlier mail what has become of its words since, so that a second answer to it
    finds them."""
    if outcome.made_id is None:
        return
    IncomingMail.objects.filter(pk=row.pk).update(
        state=IncomingMail.State.DONE,
        outcome=outcome.code,
        made_type=outcome.made_type,
        made_id=outcome.made_id,
        undo_until=outcome.undo_until,
    )


def _made(this: Try, made: Made) -> Outcome:
    paper = letters.receipt(this.member, made, this.written, changed=this.changed)
    answer(this.arrived, paper, code="receipt")
    return Outcome(
        "done",
        f"{this.code}-{'published' if made.is_out else 'waiting'}",
        made_type=made.type,
        made_id=made.pk,
        undo_until=now() + UNDO_FOR,
        detail=this.noted,
    )


def _noticed(this: Try, seen: Noticed) -> Outcome:
    words = this.written.words
    draft = this.keep(words)
    passages = passages_at(seen, this.content(words), lambda _name: ("", ""))
    paper = letters.noticed(this.member, passages, words=words, draft=draft)
    return _told(this, paper, "noticed")


def _kept(this: Try, code: str, why: str) -> Outcome:
    draft = this.keep(this.written.words)
    more = letters.files(None, this.written)
    paper = letters.not_out(this.member, why, words=this.written.words, draft=draft, more=more)
    return _told(this, paper, code)


def _told(this: Try, paper: Paper, code: str) -> Outcome:
    answer(this.arrived, paper, code=code)
    return Outcome("refused", f"{this.code}-{code}", detail=this.noted)


def _why(refusal: SpineError, this: Try) -> tuple[str, str]:
    """A code and plain words."""
    if isinstance(refusal, Missing):
        return refusal.code, refusal.words
    if isinstance(refusal, Closed):
        return "closed", _(
            "No more answers are taken here. You may ask a new question with your words."
        )
    if isinstance(refusal, Refused):
        return "refused", _(
            "This cannot go out as it is. Please look at it again, or write to the hosts: "
            "they will help."
        )
    if isinstance(refusal, TooMany):
        return "too-many", _too_many(this)
    if isinstance(refusal, ChangedMeanwhile):
        return "changed", _("This was changed in another place. Send again to replace it.")
    if isinstance(refusal, NotAllowed) and this.member.paused_until:
        return "paused", letters.paused(this.member.paused_until)
    return "not-allowed", _("This cannot be done any more: it was withdrawn or taken out of view.")


def _too_many(this: Try) -> str:
    if this.code.startswith("answer"):
        return _(
            "You are new here, and hosts read the first words of everybody: ten answers a day is "
            "what they can take. Your words are kept; please send this tomorrow."
        )
    return _(
        "You are new here, and hosts read the first words of everybody: three a day is what "
        "they can take. Your words are kept; please send this tomorrow."
    )


def _too_long() -> str:
    return _(
        "This is longer than one text here can be (%(n)d letters). Please make it shorter, or send"
        " it in two parts."
    ) % {"n": LONGEST_TEXT}


def with_words(this: Try, words: str) -> Try:
    """The same with other words."""
    return replace(this, written=replace(this.written, words=words))

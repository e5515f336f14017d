"""What members of a group are written about its papers, in the language that is active.
Called by `telling`, `reminding` and `bymail`, inside `override(language)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.core import hours, words
from exchange.core.languages import current
from exchange.core.text import excerpt
from exchange.hubs.models import Space
from exchange.hubs.models.working import Paper as Row
from exchange.hubs.models.working import Sitting
from exchange.mail import commands, small_words
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member

Content = Space.Content
Kind = Row.Kind
TEASER = 240


@dataclass(frozen=True)
class To:
    """Whom a letter is for, and of which group it tells."""

    member: Member
    space: Space


def meeting(to: To, row: Row, sitting: Sitting, points: list[Row], *, what: str) -> Paper:
    """ "asked", "moved" or "tomorrow"."""
    subject = {
        "asked": _("Your group meets"),
        "moved": _("The meeting has changed"),
        "tomorrow": _("Your group meets soon"),
    }[what]
    pieces = [
        *_about(to, row),
        Piece("context", hours.said(sitting.starts_at, sitting.zone)),
    ]
    if to.space.mail_content != Content.NOTICE:
        pieces += [Piece("plain", sitting.where)] if sitting.where else []
        pieces += _agenda(points)
    said = _("Do you come? Answer %(yes)s, %(no)s or %(maybe)s. Any other words become a point that you propose for the agenda.")  # fmt: skip
    told = {code: small_words.word_for(code, current()) for code in ("yes", "no", "maybe")}
    return on_paper(
        to, subject, [*pieces, Piece("plain", said % told), _open(row)], can_answer=True
    )


def called_off(to: To, row: Row, sitting: Sitting) -> Paper:
    pieces = [*_about(to, row), Piece("context", hours.said(sitting.starts_at, sitting.zone))]
    if sitting.called_off_why and to.space.mail_content != Content.NOTICE:
        pieces.append(Piece("quote", sitting.called_off_why, language=row.language))
    return on_paper(to, _("The meeting does not take place"), [*pieces, _open(row)])


def words_of(to: To, row: Row, *, title: str = "") -> Paper:
    """Notes, an outcome, a decision that is asked for, a draft that is ready."""
    subject = {
        Kind.NOTES: _("Notes of your group"),
        Kind.OUTCOME: _("Your group has decided"),
        Kind.DECISION: _("Your group decides: what do you say?"),
        Kind.DRAFT: _("A text of your group is ready"),
    }[Kind(row.kind)]
    pieces = [*_about(to, row, title), *_words(to, row)]
    if row.kind == Kind.DECISION:
        pieces += _how_to_say(row)
    if row.kind == Kind.DRAFT:
        pieces.append(Piece("plain", _consent()))
    answers = row.kind in (Kind.DECISION, Kind.DRAFT)
    return on_paper(to, subject, [*pieces, _open(row)], can_answer=answers)


def stances_wanted(to: To, row: Row) -> Paper:
    """A day before a decision closes, to who has said nothing."""
    pieces = [*_about(to, row), *_words(to, row), *_how_to_say(row), _open(row)]
    return on_paper(to, _("Your group waits for what you say"), pieces, can_answer=True)


def point(to: To, row: Row, *, what: str) -> Paper:
    """ "given", "soon" or "late": what somebody is to do."""
    subject = {
        "given": _("Something for you to do"),
        "soon": _("Something for you to do soon"),
        "late": _("How far is it?"),
    }[what]
    pieces = _about(to, row)
    if row.due_on:
        pieces.append(Piece("context", _("By %(day)s") % {"day": words.day(row.due_on)}))
    done = small_words.word_for("done", current())
    said = _("When it is done, answer this mail with %(done)s, or tap below.") % {"done": done}
    return on_paper(to, subject, [*pieces, Piece("plain", said), _open(row)], can_answer=True)


def proposed(to: To, row: Row) -> Paper:
    """To the hosts: somebody proposes a point for the agenda."""
    pieces = [*_about(to, row), *_words(to, row), _open(row)]
    return on_paper(to, _("A point for the agenda"), pieces)


def waits(to: To, row: Row) -> Paper:
    """To the hosts: words that a gate or the group's rule held. None of them stands here."""
    said = _("Something that was written in %(group)s waits until one of its hosts has read it.")
    address = link("hubs:papers-waiting", to.space.slug)
    pieces = [
        Piece("plain", said % {"group": to.space.shown_name}),
        Piece("button", _("Read it"), address),
    ]
    return on_paper(to, _("Something waits for you"), pieces)


def on_paper(to: To, subject: str, pieces: Iterable[Piece], *, can_answer: bool = False) -> Paper:
    """Subjects tell nothing where the group or its member wishes it so."""
    if to.space.is_sensitive or to.member.neutral_subjects:
        subject = _("A message for you")
    stop = commands.word_for("stop", current())
    said = _("To hear no more of this group by mail, answer %(stop)s. How much you hear:")
    foot = Piece("small", f"{said % {'stop': stop}} {link('hubs:mine')}")
    head = [Piece("marker")] if can_answer else []
    return Paper(subject, (*head, Piece("heading", subject), *pieces, foot), current())


def link(name: str, *args: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def short(subject: str, *lines: str, quote: str = "", address: str = "") -> Paper:
    """An answer to a mail."""
    pieces = [Piece("marker"), *(Piece("plain", line) for line in lines)]
    pieces += [Piece("quote", quote)] if quote else []
    pieces += [Piece("link", _("Its page:"), address)] if address else []
    return Paper(subject, tuple(pieces), current())


def _about(to: To, row: Row, title: str = "") -> list[Piece]:
    pieces = [Piece("context", to.space.shown_name)]
    shown = title or row.title
    if shown and to.space.mail_content != Content.NOTICE:
        address = f"{settings.BASE_URL}{row.get_absolute_url()}"
        pieces.append(Piece("title", shown, address, row.language))
    return pieces


def _words(to: To, row: Row) -> list[Piece]:
    """As much of the words as the group lets stand in a mail."""
    content = to.space.mail_content
    if content == Content.NOTICE or not row.body:
        return []
    address = f"{settings.BASE_URL}{row.get_absolute_url()}"
    if content == Content.TEASER:
        return [Piece("words", excerpt(row.body, TEASER), address, row.language)]
    return [Piece("words", row.body, address, row.language)]


def _agenda(points: list[Row]) -> list[Piece]:
    taken = [one.title for one in points if one.choice == Row.Choice.ACCEPTED]
    if not taken:
        return []
    listed = "\n".join(f"{n}. {title}" for n, title in enumerate(taken, 1))
    return [Piece("plain", f"{_('On the agenda:')}\n{listed}")]


def _how_to_say(row: Row) -> list[Piece]:
    said = _("Answer %(yes)s if you agree, or %(live)s. Any other words say: not yet, with your reason.")  # fmt: skip
    told = {
        "yes": small_words.word_for("yes", current()),
        "live": small_words.word_for("live-with", current()),
    }
    pieces = [Piece("plain", said % told)]
    if row.due_on:
        until = _("Say it by %(day)s.") % {"day": words.day(row.due_on)}
        pieces.append(Piece("plain", until))
    return pieces


def _consent() -> str:
    said = _("You wrote in it. May it go to the whole Exchange, with the names of who wrote it? Answer %(yes)s or %(no)s. Without everybody's yes it stays inside.")  # fmt: skip
    told = {code: small_words.word_for(code, current()) for code in ("yes", "no")}
    return said % told


def _open(row: Row) -> Piece:
    address = f"{settings.BASE_URL}{row.get_absolute_url()}"
    return Piece("button", _("Open it"), address)

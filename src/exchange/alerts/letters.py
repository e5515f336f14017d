"""What alerts write about one's own words and to hosts, in the language that is active.
Called by the actions of this room, inside `override(language)`. Subjects are neutral: a phone on
a table shows them to everybody. What is new from others is in `telling.letters`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core.languages import current
from exchange.core.words import day
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member


@dataclass(frozen=True)
class Letter:
    """One mail before it has an address."""

    subject: str
    text: str
    html: str = ""
    # Words of somebody, a title, a note: not for who wishes to read such on the page alone.
    has_words: bool = True


def subject_for(member: Member, letter: Letter) -> str:
    """Who wishes it gets subjects that are all alike."""
    if not member.neutral_subjects:
        return letter.subject
    with override(member.first_language):
        return neutral_subject()


def neutral_subject() -> str:
    """Tells nobody what a letter is about."""
    return _("A message for you")


def out(contribution: Contribution, note: str = "") -> Letter:
    """To the author: what waited is out."""
    return letter(
        _("What you wrote is out"),
        _("Thank you. A host has read your words, and everybody can read them now:")
        if not contribution.is_inside
        else _("Thank you. A host has read your words, and your group can read them now:"),
        _titled(contribution),
        note,
        _("We write to you when somebody answers."),
        _farewell(),
    )


def answer_out(reply: Reply) -> Letter:
    """To the author of an answer that waited."""
    return letter(
        _("Your answer is out"),
        _("Thank you. A host has read your answer, and everybody can read it now:")
        if not reply.contribution.is_inside
        else _("Thank you. A host has read your answer, and your group can read it now:"),
        Piece(
            "title",
            reply.contribution.title,
            link(reply.get_absolute_url()),
            reply.contribution.language,
        ),
        _farewell(),
    )


def kept_back(contribution: Contribution, note: str, *, rewrite: bool) -> Letter:
    """To the author: the host's kind note, and that nothing is lost."""
    return _note(
        title=contribution.title,
        note=note,
        rewrite=rewrite,
        link=link(reverse("contributions:revise", args=[contribution.pk])),
    )


def answer_kept_back(reply: Reply, note: str, *, rewrite: bool) -> Letter:
    """The same for an answer."""
    return _note(
        title=reply.contribution.title,
        note=note,
        rewrite=rewrite,
        link=link(reverse("conversation:reply-revise", args=[reply.pk])),
    )


def change_kept_back(contribution: Contribution, note: str) -> Letter:
    """To whoever wanted to change a published text."""
    return letter(
        _("A note about your change"),
        _("You changed what you wrote here:"),
        _titled(contribution),
        _("A host has read the change. It is not out; your text stands as it was. The host says:"),
        _quoted(note),
        _way(
            _("You can change it again at any time:"),
            link(reverse("contributions:revise", args=[contribution.pk])),
        ),
        _farewell(),
    )


def change_out(contribution: Contribution) -> Letter:
    """To whoever wanted to change a published text: the change stands."""
    return letter(
        _("Your change is out"),
        _("Thank you. A host has read your change, and everybody can read it now:"),
        _titled(contribution),
        _farewell(),
    )


def withdrawn(shared_on: date, note: str, *, url: str) -> Letter:
    """To the author of something a host took back. No title: the mail would be a copy of it."""
    return letter(
        _("A note about what you wrote"),
        _(
            "A host has withdrawn something you shared on %(day)s. It is on no page, list or"
            " search any more. This is not a judgement about you."
        )
        % {"day": day(shared_on)},
        *_said(note),
        _way(
            _("If you think this is a mistake, you can ask another host to look, once:"), link(url)
        ),
        _farewell(),
    )


def looked_again(note: str) -> Letter:
    """To an author who asked for another host: it stays as it was decided."""
    return letter(
        _("Another host has looked"),
        _(
            "You asked that another host look at something you wrote. We have, and it stays"
            " as it was decided. Thank you for asking; it keeps us careful."
        ),
        *_said(note),
        _farewell(),
    )


def recall(sent_on: date) -> Letter:
    """To somebody who was sent what is withdrawn now: which mail by its day, and nothing of it."""
    return letter(
        _("Please delete a mail from us"),
        _(
            "Something you were sent by the Exchange on %(day)s was withdrawn. Please delete"
            " that mail, and please do not pass it on."
        )
        % {"day": day(sent_on)},
        _("You need not do anything else. Thank you for helping us to be careful."),
        _farewell(),
    )


def paused(until: datetime, note: str) -> Letter:
    """To a member who does not write for a while."""
    return letter(
        _("A note from the hosts"),
        _(
            "We have paused your account until %(day)s. Until then you can read everything;"
            " what you send is not taken. It ends by itself on that day."
        )
        % {"day": day(until)},
        *_said(note),
        _way(_("If you want to talk about it, write to us:"), link(reverse("pages:contact"))),
        _farewell(),
    )


def pause_ended() -> Letter:
    """To a member whose pause a host ended before its day."""
    return letter(
        _("A note from the hosts"),
        _("Your pause has ended: you can write again from now on."),
        _farewell(),
    )


def appeal() -> Letter:
    """To the other hosts: somebody asks for their look. Not a word of what it is about."""
    whole = letter(
        _("Somebody asks for another host's look"),
        _("An author asks that another host look at what was decided about their words."),
        Piece("link", address=link(reverse("desk:appeals"))),
        _("You get this because you are a host."),
    )
    return replace(whole, has_words=False)


def waiting(count: int) -> Letter:
    """To a host: how many things wait, and no word of what they are."""
    subject = ngettext("One thing waits", "%(n)d things wait", count) % {"n": count}
    whole = letter(
        subject,
        ngettext(
            "One thing waits for a host to read it.",
            "%(n)d things wait for a host to read them.",
            count,
        )
        % {"n": count},
        Piece("link", address=link(reverse("desk:morning"))),
        _("You get this because you are a host. We write at most once an hour."),
    )
    return replace(whole, has_words=False)


def wordless(path: str = "") -> Letter:
    """In place of a letter with words, for who wishes to read them on the page alone."""
    return letter(
        _("A message for you"),
        _("There is something new for you."),
        Piece("button", _("Open it"), link(path or reverse("members:me"))),
        _farewell(),
    )


def _note(*, title: str, note: str, rewrite: bool, link: str) -> Letter:
    opening = (
        _("Thank you for writing this. Before it goes out, a host asks you to look at it again:")
        if rewrite
        else _("Thank you for writing this. A host is holding it for now:")
    )
    return letter(
        _("A note about what you wrote"),
        opening,
        title,
        _("The host says:"),
        _quoted(note),
        _way(
            _(
                "Nothing is lost: your words are kept as you wrote them. Change them and send again:"
            ),
            link,
        ),
        _farewell(),
    )


def letter(subject: str, *pieces: Piece | str | None) -> Letter:
    """Plain sentences may come as they are; what is empty is left out."""
    whole = tuple(
        Piece("plain", piece) if isinstance(piece, str) else piece for piece in pieces if piece
    )
    paper = Paper(subject, whole, current())
    return Letter(subject, paper.text, paper.html)


def _titled(contribution: Contribution) -> Piece:
    url = link(contribution.get_absolute_url())
    return Piece("title", contribution.title, url, contribution.language)


def _said(note: str) -> list[Piece]:
    return [Piece("plain", _("The host says:")), _quoted(note)] if note else []


def _quoted(note: str) -> Piece:
    return Piece("quote", note)


def _way(words: str, url: str) -> Piece:
    return Piece("plain", words, url)


def _farewell() -> str:
    return _("The hosts of the Exchange")


def link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"

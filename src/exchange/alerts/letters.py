"""What alerts write: subject and plain text of each mail, in the language that is active.
Called by `alerts.actions` alone, inside `override(language)`. Subjects are neutral: a phone on a
table shows them to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow, Reply
from exchange.members.models import Member


@dataclass(frozen=True)
class Letter:
    """One mail before it has an address."""

    subject: str
    text: str


def subject_for(member: Member, letter: Letter) -> str:
    """Who wishes it gets subjects that are all alike."""
    if not member.neutral_subjects:
        return letter.subject
    with override(member.first_language):
        return _("A message for you")


def answer(reply: Reply, follow: Follow) -> Letter:
    """To a follower: who said what, where, why this came and how to stop it."""
    contribution = reply.contribution
    heading = _("%(name)s answered") if contribution.kind == "question" else _("%(name)s wrote")
    return Letter(
        _("A new answer for you"),
        _whole(
            contribution.title,
            heading % {"name": _who(reply)} + ":",
            reply.body,
            _("Read and answer:") + "\n" + link(reply.get_absolute_url()),
            _rule(),
            _("You get this because %(why)s.") % {"why": follow.get_why_display()},
            _("To hear less, or nothing:")
            + "\n"
            + link(reverse("conversation:following", args=[contribution.pk])),
        ),
    )


def out(contribution: Contribution, note: str = "") -> Letter:
    """To the author: what waited is out."""
    return Letter(
        _("What you wrote is out"),
        _whole(
            _("Thank you. A host has read your words, and everybody can read them now:"),
            _titled(contribution),
            note,
            _("We write to you when somebody answers."),
            _farewell(),
        ),
    )


def answer_out(reply: Reply) -> Letter:
    """To the author of an answer that waited."""
    return Letter(
        _("Your answer is out"),
        _whole(
            _("Thank you. A host has read your answer, and everybody can read it now:"),
            f"{reply.contribution.title}\n{link(reply.get_absolute_url())}",
            _farewell(),
        ),
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
    return Letter(
        _("A note about your change"),
        _whole(
            _("You changed what you wrote here:"),
            _titled(contribution),
            _(
                "A host has read the change. It is not out; your text stands as it was. The host says:"
            ),
            _quoted(note),
            _("You can change it again at any time:")
            + "\n"
            + link(reverse("contributions:revise", args=[contribution.pk])),
            _farewell(),
        ),
    )


def change_out(contribution: Contribution) -> Letter:
    """To whoever wanted to change a published text: the change stands."""
    return Letter(
        _("Your change is out"),
        _whole(
            _("Thank you. A host has read your change, and everybody can read it now:"),
            _titled(contribution),
            _farewell(),
        ),
    )


def withdrawn(shared_on: date, note: str, *, url: str) -> Letter:
    """To the author of something a host took back. No title: the mail would be a copy of it."""
    return Letter(
        _("A note about what you wrote"),
        _whole(
            _(
                "A host has withdrawn something you shared on %(day)s. It is on no page, list or"
                " search any more. This is not a judgement about you."
            )
            % {"day": date_format(shared_on, "DATE_FORMAT")},
            (_("The host says:") + "\n\n" + _quoted(note)) if note else "",
            _("If you think this is a mistake, you can ask another host to look, once:")
            + "\n"
            + link(url),
            _farewell(),
        ),
    )


def looked_again(note: str) -> Letter:
    """To an author who asked for another host: it stays as it was decided."""
    return Letter(
        _("Another host has looked"),
        _whole(
            _(
                "You asked that another host look at something you wrote. We have, and it stays"
                " as it was decided. Thank you for asking; it keeps us careful."
            ),
            (_("The host says:") + "\n\n" + _quoted(note)) if note else "",
            _farewell(),
        ),
    )


def recall(sent_on: date) -> Letter:
    """To somebody who was sent what is withdrawn now: which mail by its day, and nothing of it."""
    return Letter(
        _("Please delete a mail from us"),
        _whole(
            _(
                "Something you were sent by the Exchange on %(day)s was withdrawn. Please delete"
                " that mail, and please do not pass it on."
            )
            % {"day": date_format(sent_on, "DATE_FORMAT")},
            _("You need not do anything else. Thank you for helping us to be careful."),
            _farewell(),
        ),
    )


def paused(until: datetime, note: str) -> Letter:
    """To a member who does not write for a while."""
    return Letter(
        _("A note from the hosts"),
        _whole(
            _(
                "We have paused your account until %(day)s. Until then you can read everything;"
                " what you send is not taken. It ends by itself on that day."
            )
            % {"day": date_format(until, "DATE_FORMAT")},
            (_("The host says:") + "\n\n" + _quoted(note)) if note else "",
            _("If you want to talk about it, write to us:") + "\n" + link(reverse("pages:contact")),
            _farewell(),
        ),
    )


def pause_ended() -> Letter:
    """To a member whose pause a host ended before its day."""
    return Letter(
        _("A note from the hosts"),
        _whole(_("Your pause has ended: you can write again from now on."), _farewell()),
    )


def appeal() -> Letter:
    """To the other hosts: somebody asks for their look. Not a word of what it is about."""
    return Letter(
        _("Somebody asks for another host's look"),
        _whole(
            _("An author asks that another host look at what was decided about their words."),
            link(reverse("desk:appeals")),
            _("You get this because you are a host."),
        ),
    )


def waiting(count: int) -> Letter:
    """To a host: how many things wait, and no word of what they are."""
    subject = ngettext("One thing waits", "%(n)d things wait", count) % {"n": count}
    return Letter(
        subject,
        _whole(
            ngettext(
                "One thing waits for a host to read it.",
                "%(n)d things wait for a host to read them.",
                count,
            )
            % {"n": count},
            link(reverse("desk:morning")),
            _("You get this because you are a host. We write at most once an hour."),
        ),
    )


def _note(*, title: str, note: str, rewrite: bool, link: str) -> Letter:
    opening = (
        _("Thank you for writing this. Before it goes out, a host asks you to look at it again:")
        if rewrite
        else _("Thank you for writing this. A host is holding it for now:")
    )
    return Letter(
        _("A note about what you wrote"),
        _whole(
            opening,
            title,
            _("The host says:"),
            _quoted(note),
            _("Nothing is lost: your words are kept as you wrote them. Change them and send again:")
            + "\n"
            + link,
            _farewell(),
        ),
    )


def _titled(contribution: Contribution) -> str:
    return f"{contribution.title}\n{link(contribution.get_absolute_url())}"


def _who(reply: Reply) -> str:
    return ", ".join(filter(None, [reply.shown_author, reply.shown_role]))


def _quoted(note: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in note.splitlines())


def _farewell() -> str:
    return _("The hosts of the Exchange")


def _rule() -> str:
    return "--"


def link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _whole(*pieces: str) -> str:
    return "\n\n".join(piece for piece in pieces if piece) + "\n"

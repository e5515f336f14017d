"""The text of anything here by mail: "text 12". A question comes with its answers, a record with
the words of its document. Registered with `mail.inbound` by hooks."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.contributions import kinds, mails
from exchange.contributions.cards import context_line
from exchange.contributions.models import Contribution, Experience
from exchange.conversation.models import Reply
from exchange.core.text import excerpt
from exchange.mail import headers
from exchange.mail.actions import About, queue_mail
from exchange.mail.commands import word_for
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer, had_enough
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member

# A mail that a prepaid line can carry: some minutes of reading. What is over comes in more mails.
LETTERS_A_MAIL = 20_000
ANSWERS_AT_MOST = 40
PURPOSE = "text"


def send(arrived: Arrived) -> Outcome:
    """Send what they may read, the part they asked for: "text 12" or "text 12 2"."""
    member = member_of(arrived.sender)
    if member is None:
        return Outcome("ignored", "text-for-nobody")
    if had_enough(person=member.pk, purpose=PURPOSE):
        return Outcome("ignored", "text-too-often")
    number, _space, part = arrived.argument.partition(" ")
    row = Contribution.objects.visible_to(member).public().filter(pk=int(number)).first()
    with override(member.first_language):
        if row is None:
            answer(arrived, _nothing(member, number), code="text-unknown", token=None)
            return Outcome("refused", "text-unknown")
        paper = _paper(member, row, int(part or 1))
        _queue(arrived, member, row, paper)
    return Outcome("done", "text-sent", made_type="contribution", made_id=row.pk)


def why_not(mail: OutgoingMail) -> str:
    """The last look: whether the reader may still read it."""
    member = Member.objects.active().filter(pk=mail.person or 0).first()
    number = int(mail.item.rpartition(":")[2] or 0)
    there = Contribution.objects.visible_to(member).public().filter(pk=number).exists()
    return "" if member is not None and there else "not-visible"


def forget(*, contribution_id: int) -> None:
    """An answer was taken back: the mails that hold it with the others do not go, and keep no word
    of it here."""
    mails.forget(_about(contribution_id))


def _about(contribution_id: int) -> str:
    return f"{mails.about(contribution_id)}:text"


def _queue(arrived: Arrived, member: Member, row: Contribution, paper: Paper) -> None:
    subject = _("A message for you") if member.neutral_subjects else paper.subject
    queue_mail(
        to=member.email,
        subject=subject,
        text=paper.text,
        html=paper.html,
        language=member.first_language,
        purpose=PURPOSE,
        key=f"{_about(row.pk)}:{arrived.mail_id}",
        headers={
            **headers.answering(arrived.opened.message_id),
            **headers.reply_to(what=What.ANSWER, person=member.pk, item=row.pk),
        },
        about=About(person=member.pk, item=f"text:{row.pk}"),
    )


def _paper(member: Member, row: Contribution, part: int) -> Paper:
    parts = _in_parts(_words(row))
    part = min(max(1, part), len(parts))
    context = " · ".join(str(one.text) for one in context_line(row))
    pieces = [
        Piece("marker"),
        Piece("title", row.title, settings.BASE_URL + row.get_absolute_url(), row.language),
        *([Piece("context", context)] if context else []),
        Piece("words", parts[part - 1], "", row.language),
    ]
    if part < len(parts):
        again = f"{word_for('text', member.first_language)} {row.pk} {part + 1}"
        pieces.append(
            Piece("plain", _("There is more. To get it, write: %(command)s") % {"command": again})
        )
    else:
        pieces += _answers(member, row)
    pieces.append(
        Piece(
            "small", _("You get this because you asked for it. Answer this mail to answer there.")
        )
    )
    return Paper(excerpt(row.title, 120), tuple(pieces), member.first_language)


def _words(row: Contribution) -> str:
    """What somebody reads on its page, and behind it the words of a document that all may read."""
    kind = kinds.get(row.kind)
    full = kind.full(row)
    if isinstance(full, Experience):
        named = [(heading, getattr(full, name)) for name, heading in Experience.PARTS]
        own = "\n\n".join(f"{heading}:\n\n{words}" for heading, words in named if words)
    else:
        own = "\n\n".join(filter(None, dict.fromkeys([row.summary, row.body])))
        own = row.body if row.body.startswith(row.summary.rstrip("… ")) else own
    inside = kind.inside.texts([row.pk]).get(row.pk, []) if kind.inside else []
    return "\n\n".join(filter(None, [own, *(words for _language, words in inside)])) or row.title


def _in_parts(words: str) -> list[str]:
    """Cut between paragraphs."""
    parts = [""]
    for paragraph in words.split("\n"):
        if parts[-1] and len(parts[-1]) + len(paragraph) > LETTERS_A_MAIL:
            parts.append("")
        parts[-1] += f"{paragraph}\n"
    return [part.strip() for part in parts if part.strip()] or [words]


def _answers(member: Member, row: Contribution) -> list[Piece]:
    """What people said to it, in its order, until the mail is long enough."""
    replies = Reply.objects.visible_to(member).public().filter(contribution_id=row.pk)
    pieces, size, total = [], 0, 0
    for reply in replies.select_related("author").order_by("created_at", "id"):
        total += 1
        if total <= ANSWERS_AT_MOST and size < LETTERS_A_MAIL:
            pieces.append(Piece("title", _("%(name)s wrote:") % {"name": reply.shown_author}))
            pieces.append(Piece("words", reply.body, "", reply.language))
            size += len(reply.body)
    left = total - len(pieces) // 2
    if left:
        words = ngettext(
            "One more answer is on the page.", "%(n)d more answers are on the page.", left
        )
        pieces.append(Piece("plain", words % {"n": left}))
    return pieces


def _nothing(member: Member, number: str) -> Paper:
    return Paper(
        _("We found nothing with that number"),
        (
            Piece(
                "plain",
                _("There is nothing with the number %(number)s that you can read.")
                % {"number": number},
            ),
            Piece(
                "plain",
                _("To look for words, write: %(command)s")
                % {"command": word_for("find", member.first_language) + " …"},
            ),
        ),
        member.first_language,
    )

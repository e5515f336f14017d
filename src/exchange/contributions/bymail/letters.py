"""What members are written about words of theirs that came by mail: where they stand, why not, how
to change them. Used by the handlers of contributions and conversation, in the active language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.contributions.bymail.languages import is_unlike
from exchange.contributions.bymail.written import Written
from exchange.contributions.noticing import Passage
from exchange.core import slots
from exchange.core.languages import named
from exchange.core.words import day
from exchange.mail.paper import Paper, Piece
from exchange.mail.small_words import word_for
from exchange.members.models import Member

MINUTES = 15
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Made:
    """What has become of somebody's words: their row, where it stands and how. `about` begins the
    keys of mails about it."""

    type: str
    pk: int
    is_out: bool
    title: str
    body: str
    path: str
    picture_path: str
    language: str = "en"
    is_answer: bool = False
    # The page on which its language can be changed.
    change_path: str = ""


def link(path: str) -> str:
    return path if path.startswith("http") else f"{settings.BASE_URL}{path}"


def paper(member: Member, subject: str, pieces: Iterable[Piece]) -> Paper:
    """A letter that can be answered, with a subject like all others for who wishes it."""
    shown = _("A message for you") if member.neutral_subjects else subject
    return Paper(shown, (Piece("marker"), *pieces), member.first_language)


def receipt(member: Member, made: Made, written: Written, *, changed: bool) -> Paper:
    """What stands where, exactly; what was left out; how to change it and take it back."""
    heading = _heading(made, changed=changed)
    said = _("Everybody can read it now:") if made.is_out else _("A host reads it first:")
    pieces = [
        Piece("heading", heading),
        Piece("plain", said),
        Piece("title", made.title, link(made.path), made.language),
    ]
    if made.body:
        pieces.append(Piece("quote", made.body, link(made.path), made.language))
    if written.damaged:
        said = _("Some letters in your mail could not be read. Please look whether all is right.")
        pieces.append(Piece("plain", said))
    pieces += [*_language(member, made), *left_out(member, written), *files(made, written)]
    pieces += _ways(member)
    return paper(member, heading, pieces)


def _language(member: Member, made: Made) -> list[Piece]:
    """Which language we took it for, where that is none the person named, and how to say another."""
    if not made.change_path or not is_unlike(made.language, member):
        return []
    said = _("We took it to be written in %(language)s. If it is another language, say so here:")
    return [Piece("plain", said % {"language": named(made.language)}, link(made.change_path))]


def left_out(member: Member, written: Written) -> list[Piece]:
    """How much was cut, if it could have been the person's own."""
    n = written.lines_left_out
    if not n:
        return []
    said = ngettext(
        "We left out one line that looked like a quote or a signature. To put it back, answer"
        " %(restore)s.",
        "We left out %(n)d lines that looked like quotes or a signature. To put them back, answer"
        " %(restore)s.",
        n,
    )
    return [Piece("plain", said % {"n": n, "restore": _word("restore", member)})]


def files(made: Made | None, written: Written) -> list[Piece]:
    """Nothing that came along is shown: where each sort can be added."""
    pieces = []
    if written.pictures:
        said = _(
            "Your picture is not shown: from a mail we cannot know whether the people in it"
            " have agreed. You can add it here, with a word about that:"
        )
        where = made.picture_path if made else reverse("contributions:share")
        pieces.append(Piece("plain", said, link(where)))
    if written.documents:
        said = _("Files do not stay with a mail. If yours is for others to use, add it here:")
        pieces.append(Piece("plain", said, link(reverse("library:deposit"))))
    return pieces


def _ways(member: Member) -> list[Piece]:
    said = _(
        "To change it, answer with the whole text as it should stand. To take it back, answer"
        " %(undo)s. Within %(n)d minutes both happen at once; later we ask you first."
    )
    return [Piece("plain", said % {"undo": _word("undo", member), "n": MINUTES})]


def _heading(made: Made, *, changed: bool) -> str:
    if not made.is_out:
        return _("We have got your change") if changed else _("We have got your words")
    if changed:
        return _("Your change is out")
    return _("Your answer is out") if made.is_answer else _("What you wrote is out")


def not_out(
    member: Member, why: str, *, words: str, draft: str = "", more: Iterable[Piece] = ()
) -> Paper:
    """Why it has not gone out, the words as they came, where they are kept, and what to do."""
    heading = _("This has not gone out yet")
    pieces = [Piece("heading", heading), Piece("plain", why), *more]
    if words:
        pieces += [Piece("plain", _("Your words:")), Piece("quote", words)]
    if draft:
        said = _("They are kept for you as a draft. You can go on here, or answer this mail:")
        pieces.append(Piece("plain", said, link(draft)))
    return paper(member, heading, pieces)


def noticed(member: Member, passages: list[Passage], *, words: str, draft: str) -> Paper:
    """A gate asks the writer first: which passages, why, and two ways on."""
    heading = _("Before it goes out: please look at this with us")
    said = _(
        "Nothing is lost, and nothing has been sent yet. A program looked for what could point"
        " to a child; it can be wrong."
    )
    ways = _(
        "Please answer with the changed text. If you think it is right as it is, answer %(send)s:"
        " then a host reads it first."
    )
    pieces = [
        Piece("heading", heading),
        Piece("plain", said),
        *(Piece("plain", part) for part in _told(passages)),
        Piece("plain", ways % {"send": _word("send", member)}),
        Piece("plain", _("Your words:")),
        Piece("quote", words),
    ]
    if draft:
        pieces.append(Piece("plain", _("They are also kept for you as a draft:"), link(draft)))
    danger = _("If a child is in danger now, do not wait for an answer here:")
    return paper(member, heading, [*pieces, Piece("plain", danger, link(help_now()))])


def empty(member: Member, written: Written) -> Paper:
    """Only quotes and signatures were found, as far as we could tell."""
    heading = _("We found no words of yours")
    said = _("In your mail we found only lines that looked like quotes or a signature.")
    pieces = [Piece("heading", heading), Piece("plain", said)]
    if written.left_out:
        ways = _(
            "To send these lines as your words, answer %(restore)s. Or answer with your words."
        )
        pieces.append(Piece("quote", written.left_out))
        pieces.append(Piece("plain", ways % {"restore": _word("restore", member)}))
    else:
        pieces.append(Piece("plain", _("Please answer with your words.")))
    return paper(member, heading, [*pieces, *files(None, written)])


def taken_back(member: Member) -> Paper:
    """It is withdrawn everywhere. Without a word of it: a letter would be a copy."""
    heading = _("It is withdrawn everywhere")
    said = _("What you wrote is on no page, list or search any more.")
    return paper(member, heading, [Piece("heading", heading), Piece("plain", said)])


def sure(member: Member, question: str, *, words: str = "", path: str = "") -> Paper:
    """Before something is done that was perhaps not meant."""
    heading = _("Shall we do this?")
    pieces = [Piece("heading", heading), Piece("plain", question)]
    if words:
        pieces.append(Piece("quote", words))
    said = _("If so, answer %(yes)s. If not, you need do nothing.")
    pieces.append(Piece("plain", said % {"yes": _word("yes", member)}))
    if path:
        pieces.append(Piece("plain", _("You can also do it here:"), link(path)))
    return paper(member, heading, pieces)


def was_it_you(member: Member, *, address: str, words: str, title: str) -> Paper:
    """To the owner: words came in their name that may not be theirs."""
    heading = _("Was this you?")
    said = (
        _(
            "Somebody wrote this from %(address)s, as an answer to a mail that was for you."
            " It is not out."
        )
        % {"address": address}
        if address
        else _(
            "This came with your address, but we could not make sure that you wrote it. It is not"
            " out."
        )
    )
    yes = _("If it was you, answer %(yes)s, and it goes out in your name. If not, answer %(no)s.")
    known = {"yes": _word("yes", member), "no": _word("no", member)}
    pieces = [Piece("heading", heading), Piece("plain", said)]
    if title:
        pieces.append(Piece("context", title))
    return paper(member, heading, [*pieces, Piece("quote", words), Piece("plain", yes % known)])


def did_you_want_it(member: Member, *, words: str) -> Paper:
    """To the owner: a command came in their name that may not be theirs."""
    heading = _("Was this you?")
    said = _(
        "This came with your address, but we could not make sure that you wrote it. Nothing has"
        " changed."
    )
    yes = _("If it was you, answer %(yes)s, and we do it. If not, answer %(no)s.")
    known = {"yes": _word("yes", member), "no": _word("no", member)}
    pieces = [Piece("heading", heading), Piece("plain", said), Piece("quote", words)]
    return paper(member, heading, [*pieces, Piece("plain", yes % known)])


def plain(member: Member, heading: str, *said: str, words: str = "", path: str = "") -> Paper:
    """A short letter: what is the matter, where to go on, the words as they came."""
    pieces = [Piece("heading", heading), *(Piece("plain", one) for one in said)]
    if path:
        pieces.append(Piece("link", "", link(path)))
    if words:
        pieces += [Piece("plain", _("Your words:")), Piece("quote", words)]
    return paper(member, heading, pieces)


def for_unknown(language: str) -> Paper:
    """One kind line to an address we do not know, which answered a mail that went to a member."""
    heading = _("Your mail has reached the Exchange")
    said = _(
        "We do not know this address, so your words are not shown to others. If you are a member,"
        " write from the address you joined with."
    )
    return Paper(heading, (Piece("heading", heading), Piece("plain", said)), language)


def help_now() -> str:
    """The page of numbers that help."""
    return reverse("pages:help-now")


def paused(until: datetime | None) -> str:
    if until is None:
        return _(
            "Your account is paused for now, so this was not sent. Write to the hosts about it."
        )
    return _("Your account is paused until %(day)s, so this was not sent.") % {"day": day(until)}


def _told(passages: list[Passage]) -> list[str]:
    """What the rooms above say of what was noticed, a part for each paragraph."""
    known = {"noticed": [_on_one_line(passage) for passage in passages]}
    texts = [render_to_string(name, known) for name in slots.fillings("noticed-by-mail")]
    parts = "\n\n".join(texts).split("\n\n")
    return [part.strip() for part in parts if part.strip()]


def _on_one_line(passage: Passage) -> Passage:
    before, marked, after = (
        _SPACES.sub(" ", words) for words in (passage.before, passage.marked, passage.after)
    )
    return replace(passage, before=before.lstrip(), marked=marked.strip(), after=after.rstrip())


def _word(code: str, member: Member) -> str:
    return word_for(code, member.first_language)

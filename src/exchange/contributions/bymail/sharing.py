"""Asking and sharing by mail: the subject is the title, the rest the words; the same forms and gates
as on the pages. Its handlers are registered by hooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.contributions import actions, kinds
from exchange.contributions.bymail import drafting, written
from exchange.contributions.bymail.languages import written_in
from exchange.contributions.bymail.letters import Made
from exchange.contributions.bymail.notices import WHOSE, said_of
from exchange.contributions.bymail.titles import Titled, titled
from exchange.contributions.bymail.trying import Detail, Missing, Try, attempt
from exchange.contributions.bymail.unsure import ask_whether_theirs
from exchange.contributions.bymail.written import Written
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.contributions.experience_forms import ExperienceForm
from exchange.contributions.forms import FORMS, OpenerForm
from exchange.contributions.models import Contribution
from exchange.core.text import clean_line
from exchange.hubs.models import Space
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail
from exchange.mail.small_words import word_for
from exchange.members.bymail.people import member_of
from exchange.members.models import Member
from exchange.taxonomy import vocabulary

KINDS = ("question", "experience", "notice", "idea", "discussion")
_SHORT_NAME = 160
_FORMS: dict[str, type[OpenerForm]] = {**FORMS, "experience": ExperienceForm}


@dataclass(frozen=True)
class Aim:
    """What was to be shared, where, and as whose."""

    kind: str
    hub: str = ""
    # The mail that says whose notice it is, when this one does not.
    named_in: int = 0
    # It is meant to be new, although its subject says that it answers something.
    is_new: bool = False
    # The hub or group it is for, and its members alone.
    space: int = 0
    # The mail in which it began, when this is a later one about the same.
    first: int = 0

    @property
    def detail(self) -> Detail:
        told: Detail = {"aim": self.kind}
        if self.hub:
            told["hub"] = self.hub
        if self.space:
            told["space"] = self.space
        if self.first:
            told["first"] = self.first
        if self.named_in:
            told["named_in"] = self.named_in
        return told

    @property
    def organisation(self) -> str:
        """Whose notice it is, as that mail says."""
        row = IncomingMail.objects.filter(pk=self.named_in).first() if self.named_in else None
        return organisation_alone(written.earlier(row).words) if row else ""


def share(arrived: Arrived) -> Outcome:
    """A mail of a member to a mailbox for one kind."""
    member = member_of(arrived.sender)
    if member is None:
        return Outcome("kept", "account-closed")
    aim = Aim(arrived.opens, arrived.hub)
    this = the_try(arrived, member, written.just_now(arrived), aim)
    if not arrived.is_proven:
        return ask_whether_theirs(arrived, member, detail=aim.detail, title=this.title)
    return attempt(this)


def talk(arrived: Arrived) -> Outcome:
    """Something new for those inside a hub or group, sent to the address in one's own letters."""
    token, member = arrived.token, member_of(arrived.sender)
    if token is None or member is None or not arrived.is_senders_own or arrived.trust == "fail":
        return Outcome("kept", "talk-of-another")
    mail = written.just_now(arrived)
    if titled(mail.subject, mail.words).answers:
        # It answers our letter: the subject is ours, not theirs.
        mail = replace(mail, subject="")
    aim = Aim("discussion", is_new=True, space=token.item)
    return attempt(the_try(arrived, member, mail, aim))


def the_try(arrived: Arrived, member: Member, mail: Written, aim: Aim) -> Try:
    """The attempt to share these words."""

    def send(words: str, insist: bool) -> Made:
        content = _content(mail, words, member, aim, strict=True)
        row = actions.submit(
            kind=aim.kind,
            content=content,
            author=member,
            once_key=f"mail-{mail.mail_id}"[:40],
            origin="mail",
            insist=insist,
            space=_space(aim),
            is_inside=bool(aim.space),
        )
        drafting.drop(key=_draft_key(mail), member=member, main=_main(aim.kind))
        return made_of(row)

    return Try(
        arrived,
        member,
        mail if mail.words else _subject_alone(mail),
        aim.kind,
        aim.detail,
        send=send,
        content=lambda words: _content(mail, words, member, aim, strict=False),
        keep=lambda words: _keep(mail, words, member, aim),
        title=titled(mail.subject, mail.words).title,
    )


def _space(aim: Aim) -> Space | None:
    """Never anywhere else, when it is gone. Raises NotAllowed."""
    found = Space.objects.filter(pk=aim.space).first() if aim.space else None
    if aim.space and found is None:
        raise NotAllowed
    return found


def made_of(row: Contribution) -> Made:
    """The contribution as a receipt tells of it."""
    full = kinds.get(row.kind).full(row)
    parts = [getattr(full, name, "") for name, _heading in getattr(full, "PARTS", ())]
    return Made(
        "contribution",
        row.pk,
        is_out=row.is_out,
        title=row.title,
        body="\n\n".join(filter(None, [row.body, *parts])),
        path=row.get_absolute_url(),
        picture_path=reverse("contributions:picture-add", args=[row.pk]),
        language=row.language,
        change_path=reverse("contributions:revise", args=[row.pk]),
    )


def organisation_alone(words: str) -> str:
    """The name, if a mail says nothing else: the answer to "whose notice is it?"."""
    lines = [line for line in words.splitlines() if line.strip()]
    if len(lines) != 1 or len(lines[0]) > _SHORT_NAME:
        return ""
    found = WHOSE.match(lines[0])
    return clean_line(found["said"] if found else lines[0])


def _content(mail: Written, words: str, member: Member, aim: Aim, *, strict: bool) -> Content:
    """What the page's form makes of it. Raises Missing."""
    said = _titled(mail, words)
    if strict and said.answers and not aim.is_new:
        _look_for_what_it_answers(said, mail, member)
    language = written_in(f"{said.title}\n{said.body}", member)
    typed = {
        "title": said.title,
        _main(aim.kind): said.body or (said.title if aim.kind == "experience" else ""),
        "organisation": aim.organisation or _organisation(words),
        "countries": "" if aim.hub else member.country,
        "language": language,
    }
    form = _FORMS[aim.kind](typed | said_of(words) if aim.kind == "notice" else typed)
    if not form.is_valid() and strict:
        _say_what_is_missing(form.errors)
    content = form.content() if form.is_valid() else Content(said.title, said.body, language)
    key = f"region:{aim.hub}"
    return replace(content, other_terms=(key,)) if vocabulary.term(key) else content


def _titled(mail: Written, words: str) -> Titled:
    return titled(mail.subject, "" if words == clean_line(mail.subject) else words)


def _subject_alone(mail: Written) -> Written:
    """Whoever writes the whole question into the subject has written a question."""
    subject = clean_line(mail.subject)
    return replace(mail, words=subject) if len(subject.split()) >= 4 else mail


def _look_for_what_it_answers(said: Titled, mail: Written, member: Member) -> None:
    """An answer that lost its address is not asked anew. Raises Missing."""
    same = Contribution.objects.visible_to(member).listed().filter(title__iexact=said.title)
    if same.exists() or mail.answers_something:
        raise Missing(
            "looks-like-an-answer",
            _(
                "Your mail looks like an answer, and we cannot tell to what. Please answer the mail"
                " of ours that brought it, or write on its page. If it is new, answer this mail with"
                " one word: %(send)s."
            )
            % {"send": word_for("send", member.first_language)},
        )


def _say_what_is_missing(errors: Mapping[str, object]) -> None:
    if "organisation" in errors:
        raise Missing(
            "whose-notice",
            _(
                "Which organisation or group is this notice from? Please answer with its name alone."
            ),
        )
    if errors:
        raise NotAllowed


def _organisation(words: str) -> str:
    found = WHOSE.search(words)
    return clean_line(found["said"]) if found else ""


def _keep(mail: Written, words: str, member: Member, aim: Aim) -> str:
    """As a draft of the page's own form."""
    said = _titled(mail, words)
    main = _main(aim.kind)
    typed = {"title": said.title, main: said.body, "countries": member.country}
    space = Space.objects.filter(pk=aim.space).first() if aim.space else None
    if space is not None:
        typed |= {"space": space.slug, "only_here": "1"}
    drafting.keep(key=_draft_key(mail), member=member, kind=aim.kind, typed=typed, main=main)
    if aim.kind == "experience":
        return reverse("contributions:experience-step", args=[_draft_key(mail), main])
    page = "ask" if aim.kind == "question" else f"share-{aim.kind}"
    return f"{reverse(f'contributions:{page}')}?draft={_draft_key(mail)}"


def _main(kind: str) -> str:
    """The field of the long text."""
    return "did" if kind == "experience" else "body"


def _draft_key(mail: Written) -> str:
    return f"mail-{mail.mail_id}"

"""What a report can be about, found as its reader may see it, with the words to keep.
Called by the page of the report and by the actions that take it in."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.contributions import kinds
from exchange.contributions.models import Contribution, Picture
from exchange.conversation.models import Reply
from exchange.core import reportable
from exchange.core.reportable import Words
from exchange.members.models import Member
from exchange.safeguarding.models import Case


@dataclass(frozen=True)
class Target:
    """One thing somebody may be worried about."""

    about: Case.About
    contribution: Contribution | None = None
    reply: Reply | None = None
    person: Member | None = None
    place: str = ""
    place_pk: int = 0
    title: str = ""
    url: str = ""
    text: str = ""
    shown_as: str = ""
    language: str = "en"
    countries: tuple[str, ...] = ()

    @property
    def pk(self) -> int:
        row = self.contribution or self.reply or self.person
        return self.place_pk or (row.pk if row else 0)

    @property
    def is_words(self) -> bool:
        """Whether it can be hidden."""
        return bool(self.contribution or self.reply or self.place)


GENERAL = Target(Case.About.GENERAL)


def find(about: str, pk: int, reader: Member | None) -> Target | None:
    """What the reader means, or nothing if they cannot see it."""
    if about == Case.About.CONTRIBUTION:
        row = Contribution.objects.visible_to(reader).select_related("author").filter(pk=pk).first()
        return of_contribution(row) if row else None
    if about == Case.About.REPLY:
        rows = Reply.objects.visible_to(reader).select_related("author", "contribution")
        seen = rows.filter(contribution__in=Contribution.objects.visible_to(reader))
        reply = seen.filter(pk=pk).first()
        return of_reply(reply) if reply else None
    if about == Case.About.PERSON:
        member = Member.objects.active().filter(pk=pk).first()
        return of_person(member) if member else None
    if words := reportable.find(about, pk, reader):
        return of_words(words)
    return GENERAL if about == Case.About.GENERAL and not pk else None


def of_contribution(row: Contribution) -> Target:
    return Target(
        Case.About.CONTRIBUTION,
        contribution=row,
        person=row.author,
        title=row.title,
        url=row.get_absolute_url(),
        text=_whole(row),
        shown_as=row.shown_author,
        language=row.language,
        countries=tuple(row.country_codes),
    )


def of_reply(reply: Reply) -> Target:
    return Target(
        Case.About.REPLY,
        reply=reply,
        person=reply.author,
        title=reply.contribution.title,
        url=reply.get_absolute_url(),
        text=reply.body,
        shown_as=reply.shown_author,
        language=reply.language,
        countries=tuple(reply.contribution.country_codes),
    )


def of_person(member: Member) -> Target:
    told = (member.display_name, member.role, member.practice)
    return Target(
        Case.About.PERSON,
        person=member,
        title=member.shown_name,
        text="\n\n".join(filter(None, told)),
        shown_as=member.shown_name,
        language=member.first_language,
        countries=(member.country,) if member.country else (),
    )


def of_words(words: Words) -> Target:
    """What was said live, in whichever room."""
    return Target(
        Case.About.ELSEWHERE,
        person=Member.objects.filter(pk=words.author_id).first() if words.author_id else None,
        place=words.place,
        place_pk=words.pk,
        title=words.title,
        url=words.url,
        text=words.text,
        shown_as=words.shown_as,
        language=words.language,
        countries=words.countries,
    )


def of_case(case: Case) -> Target:
    """The same thing as it stands today; without words when it is gone."""
    if case.contribution:
        return of_contribution(case.contribution)
    if case.reply:
        return of_reply(case.reply)
    if case.about == Case.About.ELSEWHERE and (place := reportable.place(case.place)):
        words = place.look(case.place_pk or 0)
        return of_words(words) if words else GENERAL
    if case.about == Case.About.PERSON and case.person:
        return of_person(case.person)
    return GENERAL


def pictures_beside(target: Target, reader: Member | None) -> list[Picture]:
    """The pictures the reader sees with these words; those of an answer are its own."""
    rows = Picture.objects.visible_to(reader).order_by("id")
    if target.contribution:
        return list(rows.filter(contribution=target.contribution, reply_number=None))
    return list(rows.filter(reply_number=target.reply.pk)) if target.reply else []


def _whole(row: Contribution) -> str:
    """Title, text and the parts of its kind, one after the other."""
    full = kinds.get(row.kind).full(row)
    parts = [getattr(full, name, "") for name, _heading in getattr(full, "PARTS", ())]
    words = row.body or row.summary
    return "\n\n".join(filter(None, [row.title, words, *parts]))

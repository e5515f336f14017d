"""Following by mail: a country, a topic, a hub, or what a mail was about; and the list of it all.
Registered with `mail.inbound` by hooks; the pages call the same actions."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.alerts.bymail.saying import said
from exchange.alerts.bymail.wishing import answered_thing
from exchange.alerts.models import Level, Watch
from exchange.alerts.watching.actions import watch
from exchange.contributions.errors import TooMany
from exchange.contributions.models import Contribution
from exchange.conversation import marks
from exchange.conversation.models import Follow
from exchange.core import languages
from exchange.core.text import skeleton
from exchange.mail.commands import word_for
from exchange.mail.inbound import Arrived, Outcome
from exchange.members.bymail.people import member_of
from exchange.members.models import Member
from exchange.taxonomy import vocabulary

LISTED = 40
_PLACES = {"topic": Watch.Kind.TOPIC, "country": Watch.Kind.COUNTRY, "region": Watch.Kind.HUB}


def follow(arrived: Arrived) -> Outcome:
    """What the mail they answered was about, or a place they name."""
    return _changed(arrived, on=True)


def unfollow(arrived: Arrived) -> Outcome:
    """The same, and no more of it."""
    return _changed(arrived, on=False)


def show_list(arrived: Arrived) -> Outcome:
    """All they follow, each with the word that stops it."""
    member = member_of(arrived.sender)
    if member is None:
        return Outcome("ignored", "list-for-nobody")
    with override(member.first_language):
        lines = [*_places_of(member), *_things_of(member)]
        told = _("You follow:") + "\n" + "\n".join(lines) if lines else _("You follow nothing.")
        known = {
            "follow": word_for("follow", member.first_language),
            "unfollow": word_for("unfollow", member.first_language),
        }
        more = (
            _(
                "To follow a country, a topic or a hub, write: %(follow)s Kenya. To stop: %(unfollow)s Kenya. For a question, write its number: %(unfollow)s 12."
            )
            % known
        )
        return said(arrived, member, "list", told, more)


def _changed(arrived: Arrived, *, on: bool) -> Outcome:
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", "follow-not-sure-who")
    with override(member.first_language):
        row = _thing(arrived, member)
        if row is not None:
            return _thing_changed(arrived, member, row, on=on)
        found = _place(arrived.argument)
        if found is None:
            told = _("We know no country, topic or hub called “%(name)s”.") % {
                "name": arrived.argument[:60]
            }
            return said(arrived, member, "follow-unknown", told, state="refused")
        return _place_changed(arrived, member, *found, on=on)


def _thing_changed(arrived: Arrived, member: Member, row: Contribution, *, on: bool) -> Outcome:
    level = Follow.Level.EACH if on else Follow.Level.OFF
    marks.follow(member=member, contribution=row, level=level)
    told = (
        _("You hear each answer by mail:")
        if on
        else _("Stopped. You get no more mails about this:")
    )
    return said(arrived, member, "followed" if on else "unfollowed", f"{told}\n{row.title}")


def _place_changed(
    arrived: Arrived, member: Member, kind: str, value: str, label: str, *, on: bool
) -> Outcome:
    if not on:
        Watch.objects.filter(member=member, kind=kind, value=value).update(level=Level.OFF)
        return said(
            arrived, member, "unfollowed", _("You no longer follow: %(name)s") % {"name": label}
        )
    try:
        watch(member=member, kind=kind, value=value, level=Level.DIGEST)
    except TooMany:
        return said(
            arrived,
            member,
            "follow-too-many",
            _("You follow very many already. Please stop one first."),
            state="refused",
        )
    told = _("You follow: %(name)s. What is new there comes in your digest.") % {"name": label}
    more = _("For a digest every day, write: %(command)s") % {
        "command": word_for("daily", member.first_language)
    }
    return said(arrived, member, "followed", told, more)


def _thing(arrived: Arrived, member: Member) -> Contribution | None:
    if arrived.argument.isdecimal():
        readable = Contribution.objects.visible_to(member).public()
        return readable.filter(pk=int(arrived.argument[:15])).first()
    return None if arrived.argument else answered_thing(arrived, member)


def _place(name: str) -> tuple[str, str, str] | None:
    """Kind, value and label of a place by its name in any of our languages."""
    # To the eye 13 is IE: a number is never a place.
    wanted = "" if name.strip().isdecimal() else skeleton(name)
    for word, kind in _PLACES.items():
        for slug, label in vocabulary.choices(word):
            if wanted and wanted in _names(word, slug):
                return kind, slug, label
    return None


def _names(word: str, slug: str) -> set[str]:
    if word == "country":
        named = {vocabulary.country_name(slug, spoken) for spoken in languages.INTERFACE}
    else:
        named = {vocabulary.label(f"{word}:{slug}", spoken) for spoken in languages.INTERFACE}
    return {skeleton(one) for one in (*named, slug)}


def _places_of(member: Member) -> list[str]:
    rows = Watch.objects.filter(member=member).exclude(level=Level.OFF).order_by("kind", "value")
    return [f"- {_label(row)} ({row.get_level_display()})" for row in rows[:LISTED]]


def _label(row: Watch) -> str:
    if row.kind == Watch.Kind.COUNTRY:
        return vocabulary.country_name(row.value)
    for word, kind in _PLACES.items():
        if kind == row.kind:
            return vocabulary.label(f"{word}:{row.value}")
    if row.kind == Watch.Kind.PERSON:
        named = Member.objects.active().filter(pk=int(row.value)).first()
        return named.shown_name if named else str(_("A practitioner"))
    return getattr(row, "label", "") or row.value or row.get_kind_display()


def _things_of(member: Member) -> list[str]:
    follows = Follow.objects.filter(member=member).exclude(level=Follow.Level.OFF)
    readable = Contribution.objects.visible_to(member).public()
    rows = follows.filter(contribution__in=readable).select_related("contribution").order_by("-at")
    return [
        f"- {row.contribution_id}: {row.contribution.title} ({row.get_level_display()})"
        for row in rows[:LISTED]
    ]

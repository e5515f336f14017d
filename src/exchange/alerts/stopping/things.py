"""What a token from a mail is for: which mails of which member; and how that is named to whoever
has the mail before them. No name and no title: a copy may be with somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.alerts.models import Watch
from exchange.alerts.watching import rules
from exchange.mail import tokens
from exchange.mail.tokens import BadToken, What
from exchange.members.models import Member

STOPS = {page: stop for stop, page in tokens.PAGES.items()}


@dataclass(frozen=True)
class Thing:
    """These mails of this member. `by_page`: the token stood in the text, where copies show it."""

    what: What
    member: Member
    item: int = 0
    by_page: bool = False


def read(token: str) -> Thing:
    """What a token stops. Raises BadToken (also when its member has left), Expired."""
    try:
        found = tokens.read(token)
    except ValueError as error:
        if isinstance(error, tokens.Expired):
            raise
        raise BadToken from None
    what = STOPS.get(found.what, found.what)
    if what not in tokens.PAGES:
        raise BadToken
    member = Member.objects.active().filter(pk=found.person, is_demo=False).first()
    if member is None:
        raise BadToken
    return Thing(what, member, found.item, by_page=found.what in STOPS)


def named(thing: Thing) -> str:
    """Which mails these are."""
    if thing.what is What.STOP_FOLLOW:
        return _("Mails about one text that is followed, such as its answers.")
    if thing.what is What.STOP_WATCH:
        place = place_of(thing)
        return _("Mails about what is new: %(place)s.") % {"place": place}
    if thing.what is What.STOP_SEARCH:
        return _("Mails about one search that is kept.")
    if thing.what is What.STOP_OFFERS:
        return _("Questions that wait for somebody who knows.")
    if thing.what is What.STOP_SPACE:
        return _("Mails about one hub or group.")
    if thing.what is What.STOP_DIGEST:
        return _("The digest.")
    return _("All mails, but those that are asked for.")


def place_of(thing: Thing) -> str:
    """A word of the vocabulary, or only what sort of place it is; people are not named."""
    watch = Watch.objects.filter(pk=thing.item, member=thing.member).first()
    if watch is None:
        return _("a place that was followed")
    if watch.kind in (Watch.Kind.TOPIC, Watch.Kind.COUNTRY, Watch.Kind.HUB):
        return rules.word_of(watch.kind, watch.value)
    return watch.get_kind_display()

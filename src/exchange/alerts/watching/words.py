"""What is followed, in words, and why a mail came because of it, in the language that is active.
Called by letters, digests and pages of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from exchange.alerts.models import Watch
from exchange.alerts.watching import rules
from exchange.members.models import Member

Kind = Watch.Kind


def people_of(watches: Iterable[Watch]) -> dict[str, str]:
    """The names of the people somebody follows, by their number as it stands in a watch."""
    numbers = [watch.value for watch in watches if watch.kind == Kind.PERSON]
    if not numbers:
        return {}
    return {str(one.pk): one.shown_name for one in Member.objects.active().filter(pk__in=numbers)}


def name_of(watch: Watch, people: Mapping[str, str] | None = None) -> str:
    """What the place is called."""
    if watch.kind == Kind.HELP:
        return _("Questions I can help with")
    if watch.kind == Kind.ORGANISATION:
        return watch.label or watch.value
    if watch.kind == Kind.PERSON:
        known = people if people is not None else people_of([watch])
        return known.get(watch.value) or _("A practitioner")
    return rules.word_of(watch.kind, watch.value)


def why(watch: Watch, people: Mapping[str, str] | None = None) -> str:
    """The half sentence after "because"."""
    if watch.kind == Kind.HELP:
        return _("you wish to hear of questions you can help with")
    name = name_of(watch, people)
    if watch.kind == Kind.TOPIC:
        return _("you follow the topic “%(name)s”") % {"name": name}
    if watch.kind == Kind.HUB:
        return _("you follow the hub “%(name)s”") % {"name": name}
    return _("you follow %(name)s") % {"name": name}

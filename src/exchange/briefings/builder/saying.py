"""How issues and editions are named, and how heavy a mail is, in words.
Called by the actions and views of building, and by the archive."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.models import Newsletter
from exchange.core import languages, words, zones
from exchange.core.text import size_in_words
from exchange.mail.paper import Paper
from exchange.members.models import Member
from exchange.taxonomy import vocabulary

# What stands around the words on their way: headers, and each person's own foot.
_AROUND = 2_500


def month(day: date) -> str:
    """ "November 2026", in the language that is active."""
    return str(format_skeleton("yMMMM", day, locale=words.locale()))


def name_of_issue(until: date) -> str:
    """What hosts call it, if they say nothing else."""
    return _("Newsletter of %(month)s") % {"month": month(until)}


def subject(until: date, language: str) -> str:
    """The subject an edition begins with, in its own language."""
    with override(language):
        return _("The Exchange in %(month)s") % {"month": month(until)}


def hour(moment: datetime, member: Member) -> str:
    """ "24 November 15:00, Nairobi (UTC+03:00)": by the clock of a host's own country."""
    zone = zones.guess(member.country)
    local = moment.astimezone(ZoneInfo(zone))
    return f"{words.day(local.date())} {local:%H:%M}, {zones.called(zone, moment)}"


def name_of(edition: Newsletter) -> str:
    """ "Kiswahili", or "East Africa, Kiswahili"."""
    language = languages.OWN_NAMES.get(edition.language) or languages.named(edition.language)
    if not edition.hub:
        return language
    return f"{vocabulary.label(f'region:{edition.hub}')}, {language}"


def size_of_mail(paper: Paper) -> str:
    """As people say it: "6 kB". Both forms travel in letters of the mail's own alphabet."""
    both = len(paper.text.encode()) + len(paper.html.encode())
    return size_in_words(both * 4 // 3 + _AROUND)

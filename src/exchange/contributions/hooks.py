"""What the contributions room adds to the house: its plain kinds and the clock for notices.
Loaded by apps.py when the program starts."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exchange.contributions import dossier, handed_on, kinds, noticeboard, of_organisations
from exchange.contributions.actions import expire_due
from exchange.contributions.bymail import sharing, sharing_on, strangers, unsure
from exchange.contributions.kinds import Kind, SearchText
from exchange.contributions.models import Contribution, Experience, Notice
from exchange.contributions.pictures import clock, listening
from exchange.contributions.pictures.actions import sweep
from exchange.contributions.spaces import queries as spaces
from exchange.contributions.voice import letters as voice_letters
from exchange.core import slots
from exchange.hubs import showing
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound
from exchange.mail.tokens import What
from exchange.organisations import showing as organisation_page
from exchange.taxonomy import vocabulary

handed_on.register()


def _context_words(row: Contribution) -> str:
    keys = [f"topic:{slug}" for slug in row.topic_slugs]
    keys += [f"{n}:{getattr(row, n)}" for n in ("setting", "mechanism") if getattr(row, n)]
    labels = [vocabulary.label(key, row.language) for key in keys]
    labels += [vocabulary.country_name(code, row.language) for code in row.country_codes]
    return ". ".join(labels)


def _plain_words(row: Contribution) -> SearchText:
    return SearchText(row.title, _context_words(row), "", row.body)


def _experience_words(row: Contribution) -> SearchText:
    parts = [getattr(row, name, "") for name, _heading in Experience.PARTS]
    return SearchText(row.title, _context_words(row), "", "\n\n".join(filter(None, parts)))


def _notice_words(row: Contribution) -> SearchText:
    if not isinstance(row, Notice):
        return _plain_words(row)
    with override(row.language):
        sort = str(row.get_sort_display()) if row.sort else ""
    told = ". ".join(filter(None, [row.organisation, sort, row.place, _context_words(row)]))
    return SearchText(row.title, told, "", row.body)


def _itself(row: Contribution) -> Contribution:
    return row


def _experience(row: Contribution) -> Contribution:
    return row if isinstance(row, Experience) else Experience.objects.get(pk=row.pk)


def _notice(row: Contribution) -> Contribution:
    return row if isinstance(row, Notice) else Notice.objects.get(pk=row.pk)


kinds.register(
    Kind(
        slug="question",
        label=_("Question"),
        plural=_("Questions"),
        page="conversation:question",
        listing="contributions:question-list",
        search_text=_plain_words,
        full=_itself,
        icon="question",
        invites=_("Nobody has asked about this yet. You may be the first."),
    )
)
kinds.register(
    Kind(
        slug="experience",
        label=_("Experience"),
        plural=_("Experiences"),
        page="conversation:experience",
        listing="contributions:experience-list",
        search_text=_experience_words,
        full=_experience,
        icon="experience",
        invites=_("Nobody has written about this yet. You may be the first."),
    )
)
kinds.register(
    Kind(
        slug="idea",
        label=_("Idea"),
        plural=_("Ideas"),
        page="conversation:idea",
        listing="contributions:idea-list",
        search_text=_plain_words,
        full=_itself,
        icon="idea",
        invites=_("No idea is here for feedback yet. You may be the first."),
    )
)
kinds.register(
    Kind(
        slug="discussion",
        label=_("Discussion"),
        plural=_("Discussions"),
        page="conversation:discussion",
        listing="contributions:discussion-list",
        search_text=_plain_words,
        full=_itself,
        icon="discussion",
        invites=_("Nobody has opened a discussion here yet. You may be the first."),
    )
)
kinds.register(
    Kind(
        slug="notice",
        label=_("Notice"),
        plural=_("Notices"),
        page="conversation:notice",
        listing="contributions:notice-list",
        search_text=_notice_words,
        full=_notice,
        tells=noticeboard.told,
        icon="notice",
        invites=_("No notice stands here now. Make your organisation's work known."),
    )
)

inbound.on_mailbox(*sharing.KINDS)(sharing.share)
inbound.on_token(What.TALK)(sharing.talk)
inbound.on_token(What.SHARE_ASKED)(sharing_on.answered)
inbound.on_mailbox("desk")(strangers.to_the_desk)
inbound.for_strangers(strangers.welcome)
inbound.when_unsure(unsure.ask_before)

organisation_page.register("contributions/_notices_of.html", of_organisations.notices, order=10)
organisation_page.register("contributions/_shared_by.html", of_organisations.shared, order=60)
slots.register("me-lists", "contributions/_unfinished.html", order=20)
slots.register("me-account", "contributions/voice/_way.html", order=50)
slots.register("desk-ways", "contributions/voice/_desk_way.html", order=85)
slots.register("contribution-actions", "contributions/_pass_on.html", order=60)
slots.register("contribution-actions", "contributions/spaces/_share_on.html", order=65)
slots.register("space-inside", "contributions/spaces/_latest.html", order=20)
showing.register("space-inside", spaces.latest)

__all__ = ["dossier", "expire_notices"]


@every(minutes=10, name="contributions.expire_notices")
def expire_notices(now: datetime) -> None:
    expire_due(moment=now)


@on("contribution.withdrawn", "reply.withdrawn", consumer="contributions.pictures_away")
def take_pictures_away(event: Event) -> None:
    listening.take_away(event)


@on(
    *("contribution.published", "contribution.let_inside", "reply.published", "reply.let_inside"),
    consumer="contributions.pictures_out",
)
def let_pictures_out(event: Event) -> None:
    listening.let_out(event)


@every(minutes=30, name="contributions.picture_consents")
def hide_pictures(now: datetime) -> None:
    clock.consents(now)


@every(minutes=24 * 60, name="contributions.voices")
def tell_of_voices(now: datetime) -> None:
    """Once a day for all: at which hour somebody is written to says nothing."""
    voice_letters.tell_those_who_wish()


@every(minutes=60, name="contributions.picture_files")
def sweep_picture_files(now: datetime) -> None:
    """Nothing is left over after a crash."""
    sweep()


@on("organisation.merged", consumer="contributions.follow_merged")
def follow_merged(event: Event) -> None:
    of_organisations.follow_merged(event)

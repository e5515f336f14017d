"""Every change to a member: joining, agreeing, telling of oneself, hosting, pausing.
Called by pages, mail, the API and commands alike; each verb is one transaction and one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from exchange.core.text import clean_line, clean_name, skeleton
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members import first_host, queries, rules, showing
from exchange.members.directory import actions as directory
from exchange.members.models import CONDUCT_VERSION, Agreement, Member, Pause
from exchange.members.naming import NameRefused, problem_with_line, problem_with_name
from exchange.taxonomy import vocabulary


class AddressTaken(ValueError):
    """Somebody has joined with this address already."""


class NoLongerOpen(ValueError):
    """There is a host already, or the link was used."""


class NotPausable(ValueError):
    """Hosts are not paused, nobody pauses themselves, and a pause ends within a year."""


@dataclass(frozen=True)
class About:
    """What a person tells of themselves. Everything may be left empty."""

    display_name: str = ""
    country: str = ""
    languages: Sequence[str] = ()
    role: str = ""
    practice: str = ""
    topics: Sequence[str] = ()
    settings: Sequence[str] = ()
    place: str = ""
    helps_with: str = ""
    seeks: str = ""
    # Who sees what, where it is not as usual (members.showing).
    shown_to: Mapping[str, str] = field(default_factory=dict)
    is_listed: bool = False
    may_be_offered: bool = True


def about(member: Member) -> About:
    """What a member has told so far, to change a part of it."""
    return About(
        display_name=member.display_name,
        country=member.country,
        languages=tuple(member.language_codes),
        role=member.role,
        practice=member.practice,
        topics=tuple(member.topic_slugs),
        settings=tuple(member.setting_slugs),
        place=member.place,
        helps_with=member.helps_with,
        seeks=member.seeks,
        shown_to=dict(member.shown_to),
        is_listed=member.is_listed,
        may_be_offered=member.may_be_offered,
    )


def join(*, email: str, about: About) -> Member:
    """Make somebody a member who has shown that the address is theirs, has declared to be an
    adult and has accepted the code of conduct. Raises AddressTaken, NameRefused."""
    fields = _checked(about, member=None)
    try:
        with transaction.atomic():
            member = Member.objects.create_user(email, **fields)
            EmailAddress.objects.create(
                user=member, email=member.email, verified=True, primary=True
            )
            _agree(member, list(Agreement.What))
            _record("member.joined", member, by=member)
    except IntegrityError as error:
        raise AddressTaken from error
    return member


def invite_host(*, email: str, display_name: str = "") -> Member:
    """Make somebody a host who has not joined yet: they agree to everything at their first
    sign-in, and that shows the address to be theirs. Raises AddressTaken."""
    name = clean_name(display_name)
    try:
        with transaction.atomic():
            member = Member.objects.create_user(
                email, display_name=name, name_skeleton=skeleton(name)
            )
            EmailAddress.objects.create(
                user=member, email=member.email, verified=False, primary=True
            )
            appoint_host(member=member)
    except IntegrityError as error:
        raise AddressTaken from error
    return member


def confirm_address(*, member: Member) -> None:
    """The member has typed the code that was sent to their address."""
    with transaction.atomic():
        address, _made = EmailAddress.objects.get_or_create(
            user=member, email=member.email, defaults={"verified": True, "primary": True}
        )
        if not address.verified:
            address.set_verified()


def agree(*, member: Member, to: Sequence[Agreement.What]) -> None:
    """Declare or accept, in today's version. Doing it twice changes nothing."""
    with transaction.atomic():
        _agree(member, to)
        _record("member.agreed", member, by=member, version=CONDUCT_VERSION)


def edit_profile(*, member: Member, about: About) -> Member:
    """Change what the member tells of themselves. Raises NameRefused."""
    fields = _checked(about, member=member)
    with transaction.atomic():
        for field, value in fields.items():
            setattr(member, field, value)
        member.save(update_fields=list(fields))
        directory.place(member=member)
        _record("member.edited", member, by=member, public=True)
    return member


def save_data(*, member: Member, wanted: bool) -> None:
    """Ask for lighter pages, or for the usual ones."""
    Member.objects.filter(pk=member.pk).update(data_saver=wanted)
    member.data_saver = wanted


def be_offered(*, member: Member, wanted: bool) -> None:
    """Be asked about questions nobody has answered, or not."""
    Member.objects.filter(pk=member.pk).update(may_be_offered=wanted)
    member.may_be_offered = wanted


def be_discreet(*, member: Member, neutral_subjects: bool, quick_exit: bool) -> None:
    """Subjects of mails that tell nothing, and a quick way out on every page; or the usual."""
    chosen = {"neutral_subjects": neutral_subjects, "quick_exit": quick_exit}
    Member.objects.filter(pk=member.pk).update(**chosen)
    member.neutral_subjects, member.quick_exit = neutral_subjects, quick_exit


def welcome(*, member: Member, by: Member) -> None:
    """A host knows them, or has let something of theirs out."""
    with transaction.atomic():
        if not Member.objects.filter(pk=member.pk, welcomed_at=None).update(welcomed_at=now()):
            return
        _record("member.welcomed", member, by=by)
    member.refresh_from_db(fields=["welcomed_at"])


def accept(*, member: Member, by: Member) -> None:
    """A host has let something of theirs out. The first time it welcomes them as well: what they
    write from then on need not wait."""
    with transaction.atomic():
        Member.objects.filter(pk=member.pk, accepted_at=None).update(accepted_at=now())
        welcome(member=member, by=by)
    member.refresh_from_db(fields=["welcomed_at", "accepted_at"])


def appoint_host(*, member: Member, by: Member | None = None) -> Member:
    """Let a member host. Doing it twice changes nothing. Nobody `by` means: on the machine."""
    with transaction.atomic():
        hosting = Member.objects.filter(pk=member.pk, hosting_since=None)
        if hosting.update(hosting_since=now()):
            _record("member.host_appointed", member, by=by, public=True)
    first_host.close()
    member.refresh_from_db(fields=["hosting_since"])
    return member


def become_first_host(*, member: Member, token: str) -> Member:
    """Use the link that `run` has printed. It works once. Raises NoLongerOpen."""
    if queries.there_is_a_host() or not first_host.use(token):
        raise NoLongerOpen
    return appoint_host(member=member, by=member)


def end_hosting(*, member: Member, by: Member | None = None) -> Member:
    """The member stays a member."""
    with transaction.atomic():
        if (
            Member.objects.filter(pk=member.pk)
            .exclude(hosting_since=None)
            .update(hosting_since=None)
        ):
            _record("member.hosting_ended", member, by=by, public=True)
    member.refresh_from_db(fields=["hosting_since"])
    return member


def pause(
    *, member: Member, until: datetime, by: Member, why: str = Pause.Why.OTHER, note: str = ""
) -> Pause:
    """Until then the member reads and does not write; a pause that runs is replaced.
    Raises NotPausable for hosts, oneself, and an end that has passed or is too far away."""
    if not rules.may_pause(by, member) or not rules.is_end_of_pause(until, now()):
        raise NotPausable
    with transaction.atomic():
        _end_running(member)
        Member.objects.filter(pk=member.pk).update(paused_until=until)
        row = Pause.objects.create(
            member=member, until=until, why=why, note=note, by=by, by_name=by.shown_name
        )
        _record("member.paused", member, by=by, pause=row.pk)
    member.refresh_from_db(fields=["paused_until"])
    return row


def end_pause(*, member: Member, by: Member) -> Member:
    """Before its day. A pause that is over already stays as it was."""
    with transaction.atomic():
        if _end_running(member):
            Member.objects.filter(pk=member.pk).update(paused_until=None)
            _record("member.pause_ended", member, by=by)
    member.refresh_from_db(fields=["paused_until"])
    return member


def _end_running(member: Member) -> int:
    Member.objects.select_for_update().get(pk=member.pk)
    return Pause.objects.filter(member=member, ended_at=None, until__gt=now()).update(
        ended_at=now()
    )


def _checked(about: About, *, member: Member | None) -> dict[str, object]:
    name = clean_name(about.display_name)
    problem = problem_with_name(name, member=member)
    lines = {line: clean_line(getattr(about, line)) for line in rules.LINES}
    for line in lines.values():
        problem = problem or problem_with_line(line, member=member)
    if problem:
        raise NameRefused(problem)
    spoken = list(dict.fromkeys(code for code in about.languages if code))
    return {
        "display_name": name,
        "name_skeleton": skeleton(name),
        "country": about.country.upper(),
        "languages": " ".join(spoken[: rules.LANGUAGES_AT_MOST]),
        **lines,
        "practice_topics": " ".join(_known("topic", about.topics)[: rules.TOPICS_AT_MOST]),
        "settings": " ".join(_known("setting", about.settings)),
        "shown_to": showing.differing(dict(about.shown_to)),
        "is_listed": about.is_listed,
        "may_be_offered": about.may_be_offered,
    }


def _known(kind: str, slugs: Sequence[str]) -> list[str]:
    """In the order of the vocabulary, and nothing that it does not know."""
    return [word.slug for word in vocabulary.terms(kind) if word.slug in slugs]


def _agree(member: Member, to: Sequence[Agreement.What]) -> None:
    versions = {Agreement.What.CONDUCT: CONDUCT_VERSION}
    Agreement.objects.bulk_create(
        [Agreement(member=member, what=what, version=versions.get(what, 1)) for what in to],
        ignore_conflicts=True,
    )


def _record(
    kind: str, member: Member, *, by: Member | None, public: bool = False, **detail: int
) -> None:
    record(
        kind,
        subject_type="member",
        subject_id=member.pk,
        actor_id=by.pk if by else None,
        detail=detail,
        public=public,
    )

"""Every change to a picture: add, let out, take away, hide when consent has run out.
Called by pages, by listeners of the ledger and by the clock; each is one transaction."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exchange.contributions.errors import NotAllowed, Refused, SpineError
from exchange.contributions.models import Consent, Contribution, Picture
from exchange.contributions.pictures import rules, store
from exchange.contributions.pictures.sandbox import Reencoded
from exchange.core import gates, ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member

LONGEST_CONSENT_DAYS = 5 * 366
KEPT_HIDDEN = timedelta(days=30)
# Cameras name files by date and time; that is nobody's telephone number, and it is never kept.
_CAMERA = re.compile(r"\d{5,}")


class TooMany(SpineError):
    """It has as many pictures as it may have."""


class ConsentMissing(SpineError):
    """Somebody can be recognised and not everybody who must agree did; `why` says it."""

    def __init__(self, why: object) -> None:
        super().__init__("consent missing")
        self.why = why


@dataclass(frozen=True)
class Agreed:
    """What an uploader tells of the consent of people who can be recognised."""

    who: str
    person_agreed: bool
    guardian_agreed: bool
    how: str
    agreed_on: date
    use: str
    until: date


@dataclass(frozen=True)
class Ready:
    """A picture that may be added: made harmless, described, agreed to, judged."""

    picture: Reencoded
    alt: str
    caption: str
    consent: Agreed | None
    verdict: gates.Verdict


def judged(*, alt: str, caption: str, file_name: str, by: Member) -> gates.Verdict:
    """What the gates say to the words of a picture and to its name. Raises Refused."""
    name = _CAMERA.sub(" ", PurePath(file_name).stem)
    verdict = gates.judge(
        gates.Submission(
            text="\n\n".join(filter(None, (alt, caption, re.sub(r"[\W_]+", " ", name).strip()))),
            kind="caption",
            language=by.first_language,
            author_id=by.pk,
            author_is_host=by.is_host,
            author_is_newcomer=by.is_newcomer,
        )
    )
    if verdict.outcome is gates.Outcome.REFUSE:
        raise Refused(verdict.reasons)
    return verdict


def check_consent(consent: Agreed, today: date) -> None:
    """Raises ConsentMissing with the reason in words."""
    if consent.who == Consent.Who.CHILD and not (consent.person_agreed and consent.guardian_agreed):
        raise ConsentMissing(
            _("A child can be recognised only when the child and a parent or guardian agreed.")
        )
    if not consent.person_agreed:
        raise ConsentMissing(_("The people who can be recognised must have agreed themselves."))
    if consent.agreed_on > today:
        raise ConsentMissing(_("The day on which they agreed cannot lie ahead."))
    if consent.until <= today:
        raise ConsentMissing(_("This consent has run out already. Ask them again first."))
    if consent.until > consent.agreed_on + timedelta(days=LONGEST_CONSENT_DAYS):
        raise ConsentMissing(_("A consent holds for at most five years."))


def add_with_words(
    *,
    ready: Ready | None,
    contribution: Contribution,
    by: Member,
    reply_number: int | None = None,
    is_out: bool,
) -> None:
    """As add, for words that were just sent: they are sent whatever becomes of the picture. A form
    that is sent twice cannot add more than there may be."""
    if ready is None:
        return
    with contextlib.suppress(TooMany, NotAllowed):
        add(
            ready=ready,
            contribution=contribution,
            by=by,
            reply_number=reply_number,
            is_out=is_out,
        )


def add(
    *,
    ready: Ready,
    contribution: Contribution,
    by: Member,
    reply_number: int | None = None,
    is_out: bool = True,
) -> Picture:
    """Put a picture beside a contribution or one answer to it. Out at once when the words are
    (`is_out`) and every gate passed, else a host looks at it first. The same file again gives the
    picture that is there.
    Raises NotAllowed, TooMany, ConsentMissing."""
    if not rules.may_add(by, contribution):
        raise NotAllowed
    if ready.consent is not None:
        check_consent(ready.consent, now().date())
    key = ids.new_id()
    store.put(key, ready.picture.sizes)
    try:
        with transaction.atomic():
            row = _added(key, ready, contribution, by, reply_number)
            stands = contribution.is_public or contribution.is_out
            if row.key == key and is_out and stands and _may_go_out(ready, by):
                _let_out(row, by.pk)
    except BaseException:
        store.remove(key)
        raise
    if row.key != key:
        store.remove(key)
    return row


def let_out(*, picture: Picture, by: Member) -> None:
    """A host has looked at it. Raises NotAllowed."""
    if not rules.may_let_out(by, picture):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(picture.pk)
        if row.let_out_at is None and row.gone_at is None:
            _let_out(row, by.pk)


def let_out_beside(contribution_id: int, reply_number: int | None, host: Member) -> None:
    """A host has let out the words; the pictures that waited with them were seen beside them."""
    rows = Picture.objects.standing().filter(
        contribution_id=contribution_id, reply_number=reply_number, let_out_at=None
    )
    for row in rows.select_for_update():
        if rules.may_let_out(host, row):
            _let_out(row, host.pk)


def take_away(*, picture: Picture, by: Member, consent_withdrawn: bool = False) -> None:
    """The picture and all its files are gone at once; a consent that was withdrawn is forgotten.
    Raises NotAllowed."""
    if not rules.may_take_away(by, picture):
        raise NotAllowed
    with transaction.atomic():
        _take_away(picture.pk, by.pk, consent_withdrawn=consent_withdrawn)


def take_away_with(pictures: Iterable[Picture], actor_id: int | None) -> None:
    """What they stood with is withdrawn."""
    for picture in pictures:
        _take_away(picture.pk, actor_id)


def hide_run_out(*, moment: datetime) -> list[Picture]:
    """Hide the pictures whose consent has run out; after a month they go, unless they are
    evidence. The ones just hidden."""
    today = moment.date()
    due = Picture.objects.standing().filter(hidden_at=None, consent__until__lt=today)
    hidden = []
    for picture in due.order_by("id")[:200]:
        with transaction.atomic():
            row = _locked(picture.pk)
            row.hidden_at = moment
            row.save(update_fields=["hidden_at"])
            _entry("picture.consent_expired", row, None)
        hidden.append(row)
    for picture in Picture.objects.removable().filter(hidden_at__lt=moment - KEPT_HIDDEN)[:200]:
        with transaction.atomic():
            _take_away(picture.pk, None)
    return hidden


def sweep() -> None:
    """Files of pictures that are gone or never came to be, and what uploads left behind."""
    keys = list(store.old_keys())
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        rows = Picture.objects.standing().filter(key__in=some).values_list("key", flat=True)
        for key in set(some) - set(rows):
            store.remove(key)
    store.drop_old_rest()


def _added(
    key: str, ready: Ready, contribution: Contribution, by: Member, reply_number: int | None
) -> Picture:
    # Under the contribution's lock, so that two uploads at once cannot both be the fourth.
    Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    beside = Picture.objects.standing().filter(
        contribution_id=contribution.pk, reply_number=reply_number
    )
    mark = ready.picture.source_sha256
    twin: Picture | None = beside.filter(source_sha256=mark).first()
    if twin is not None:
        return twin
    if beside.count() >= rules.most(reply_number):
        raise TooMany
    row: Picture = Picture.objects.create(
        key=key,
        contribution_id=contribution.pk,
        reply_number=reply_number,
        by=by,
        alt=ready.alt,
        caption=ready.caption,
        sizes=[
            {"at": o.at, "width": o.width, "height": o.height, "bytes": len(o.data)}
            | {"sha256": o.sha256}
            for o in ready.picture.sizes
        ],
        source_sha256=mark,
    )
    if ready.consent is not None:
        Consent.objects.create(picture=row, **vars(ready.consent))
    _entry("picture.added", row, by.pk)
    return row


def _may_go_out(ready: Ready, by: Member) -> bool:
    """A newcomer's picture is always looked at: no gate sees what is in it."""
    return ready.verdict.passed and not by.is_newcomer


def _let_out(row: Picture, actor_id: int) -> None:
    row.let_out_at = now()
    row.save(update_fields=["let_out_at"])
    _entry("picture.let_out", row, actor_id)


def _take_away(pk: int, actor_id: int | None, *, consent_withdrawn: bool = False) -> None:
    row = _locked(pk)
    if row.gone_at is None:
        row.gone_at = now()
        # What was said about it and whose consent it was has no purpose any more.
        row.alt, row.caption, row.source_sha256 = "", "", ""
        row.save(update_fields=["gone_at", "alt", "caption", "source_sha256"])
        Consent.objects.filter(picture_id=pk).delete()
        kind = "picture.consent_withdrawn" if consent_withdrawn else "picture.withdrawn"
        _entry(kind, row, actor_id)
    # Also when it was gone before: files that outlived an accident go now.
    key = row.key
    transaction.on_commit(lambda: store.remove(key))


def _locked(pk: int) -> Picture:
    row: Picture = Picture.objects.select_for_update(of=("self",)).get(pk=pk)
    return row


def _entry(kind: str, row: Picture, actor_id: int | None) -> None:
    record(
        kind,
        subject_type="picture",
        subject_id=row.pk,
        actor_id=actor_id,
        detail={"contribution": row.contribution_id},
    )

"""What is done when mail comes back: it is read, counted, and an address given up or taken up.
`came_back` is for whoever else hears of it (services); `revive` for the member's own wish."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail.bounces import counting, reading, rules
from exchange.mail.bounces.finding import is_ours, which
from exchange.mail.bounces.reading import may_be_report
from exchange.mail.letters import wire_address
from exchange.mail.models import Bounce, OutgoingMail, Standing
from exchange.mail.tokens import digest

__all__ = ["came_back", "is_ours", "may_be_report", "revive", "revive_standing", "take"]

Kind = Bounce.Kind
Went = OutgoingMail.State
_RETURNED = (Kind.HARD, Kind.SOFT, Kind.POLICY)
HEAL_AT_ONCE = 5000


def take(raw: bytes, *, token: str, incoming: int, is_returned: bool) -> str:
    """Read a mail that may be a report. What it was, as a code; "" when it is no report at all.
    `is_returned`: it came to the address of an envelope, and has no sender of its own."""
    report = reading.read(raw, is_returned=is_returned)
    if not report.kind:
        return ""
    if report.kind == "auto":
        return "auto-reply"
    if report.kind == "delivered":
        return "delivered-note"
    mail = which(report, token)
    if mail is None and not is_returned and not report.read_by.startswith("rfc"):
        # It only looks like one, and is about no mail of ours: somebody may have written it.
        return "" if report.kind == "unclear" else f"bounce-{report.kind}"
    came_back(
        mail=mail,
        kind=report.kind,
        status=report.status,
        read_by=report.read_by,
        incoming=incoming,
    )
    return f"bounce-{report.kind}"


def came_back(
    *,
    mail: OutgoingMail | None,
    kind: str,
    status: str = "",
    read_by: str = "own",
    incoming: int | None = None,
) -> Bounce:
    """Write down one report, and do what follows for the address; the same incoming mail once.
    Without the mail it is about, it is only kept for the hosts' figures."""
    with transaction.atomic():
        standing = counting.standing_for(mail.to_address) if mail else None
        known = Bounce.objects.filter(incoming_id=incoming).first() if incoming else None
        if known is not None:
            return known
        bounce = Bounce.objects.create(
            standing=standing,
            mail_id=mail.pk if mail else None,
            incoming_id=incoming,
            kind=kind,
            status=status[:12],
            read_by=read_by[:12],
            domain=_domain(mail),
        )
        if mail is not None:
            _mark(mail, kind, status)
            bounce.counted = _follow(standing, kind, mail)
            bounce.save(update_fields=["counted"])
            if kind == Kind.POLICY:
                _tell_of_policy(bounce)
        return bounce


def revive(*, address: str) -> bool:
    """The member says that the address works, or that our mail is wanted again."""
    return _revive(Standing.objects.filter(digest=digest(address)))


def revive_standing(*, pk: int) -> bool:
    """The same, by the number in a token that only a mail to this address carries."""
    return _revive(Standing.objects.filter(pk=pk))


def judge_probes(*, at: datetime) -> int:
    """Probes that did not come back arrived: the address is well."""
    before = at - timedelta(days=rules.PROBE_DAYS)
    rows = Standing.objects.filter(state=Standing.State.DOUBTFUL, probed_at__lt=before)
    return _each(rows, "probe-arrived")


def heal(*, at: datetime) -> int:
    """A mail that went some days ago and did not come back takes a day off the count."""
    before = at - timedelta(days=rules.WELL_AFTER_DAYS)
    rows = Standing.objects.filter(state=Standing.State.WELL, counted_on__lt=before.date())
    healed = 0
    for standing in rows.order_by("pk")[:HEAL_AT_ONCE]:
        healed += _heal(standing, before)
    return healed


def _revive(rows: object) -> bool:
    with transaction.atomic():
        standing = rows.select_for_update().first()  # type: ignore[attr-defined]
        if standing is None or standing.state == Standing.State.WELL:
            return False
        counting.make_well(standing, "revived")
        record("address.revived", subject_type="standing", subject_id=standing.pk, public=False)
    return True


def _each(rows: object, why: str) -> int:
    with transaction.atomic():
        found = list(rows.select_for_update()[:HEAL_AT_ONCE])  # type: ignore[attr-defined]
        for standing in found:
            counting.make_well(standing, why)
    return len(found)


def _heal(standing: Standing, before: datetime) -> bool:
    last = Bounce.objects.filter(standing=standing, mail_id__isnull=False).order_by("-pk").first()
    if last is None or last.mail_id is None:
        return False
    mail = OutgoingMail.objects.filter(pk=last.mail_id).first()
    if mail is None or mail.person is None or not mail.to_address:
        return False
    # By the person, of whom there is an index, and of theirs only what went to this address.
    theirs = OutgoingMail.objects.filter(person=mail.person, state=Went.SENT)
    theirs = theirs.filter(to_address__iexact=mail.to_address)
    if not theirs.filter(sent_at__gt=last.at, sent_at__lt=before).exists():
        return False
    rows = Standing.objects.filter(pk=standing.pk, state=Standing.State.WELL)
    return bool(
        rows.update(
            hard=max(0, standing.hard - 1),
            soft=max(0, standing.soft - 1),
            # The next one counts again two days from now; what comes back today still does.
            counted_on=(now() - timedelta(days=1)).date(),
        )
    )


def _mark(mail: OutgoingMail, kind: str, status: str) -> None:
    """In the ledger of deliveries this one did not arrive after all."""
    if kind in _RETURNED:
        gone = OutgoingMail.objects.filter(
            pk=mail.pk, state__in=[Went.SENT, Went.SENDING, Went.UNSURE]
        )
        gone.update(state=Went.BOUNCED, last_error=f"{kind}-{status}".rstrip("-")[:60])


def _follow(standing: Standing | None, kind: str, mail: OutgoingMail) -> bool:
    if standing is None:
        return False
    if kind == Kind.COMPLAINT:
        counting.unwanted(standing, mail)
        return True
    if kind not in (Kind.HARD, Kind.SOFT):
        return False
    if mail.purpose == rules.PROBE:
        counting.give_up(standing, mail, f"probe-{kind}")
        return True
    return counting.count(standing, kind, mail)


def _tell_of_policy(bounce: Bounce) -> None:
    record(
        "mail.refused_by_policy",
        subject_type="bounce",
        subject_id=bounce.pk,
        public=False,
    )


def _domain(mail: OutgoingMail | None) -> str:
    """The provider, which hosts need in order to mend it; nothing before the @."""
    if mail is None or not mail.to_address:
        return ""
    try:
        return wire_address(mail.to_address).rpartition("@")[2].lower()[:120]
    except UnicodeError:
        return ""

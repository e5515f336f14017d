"""What follows for an address when mail comes back, is complained of, or goes well again.
Called by `mail.bounces.actions`, in its transaction."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail import tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.bounces import rules
from exchange.mail.models import Bounce, OutgoingMail, Standing
from exchange.mail.paper import Paper, Piece
from exchange.mail.rules import MailRefused
from exchange.mail.tokens import What, digest

State = Standing.State
Kind = Bounce.Kind


def standing_for(address: str) -> Standing | None:
    """The row of an address, locked; None where no address is known any more."""
    if not address:
        return None
    Standing.objects.get_or_create(digest=digest(address))
    return Standing.objects.select_for_update().get(digest=digest(address))


def count(standing: Standing, kind: str, mail: OutgoingMail) -> bool:
    """A day on which mail came back, once a day. Whether it was counted."""
    today = now().date()
    if standing.state in (State.DEAD, State.UNWANTED):
        return False
    last = standing.counted_on
    if last is not None and (today - last).days > rules.FORGET_AFTER_DAYS:
        standing.hard = standing.soft = 0
    if last == today and not _is_worse(standing, kind):
        return False
    if last == today:
        standing.soft = max(0, standing.soft - 1)
    standing.hard += kind == Kind.HARD
    standing.soft += kind == Kind.SOFT
    standing.counted_on = today
    standing.why = kind
    if standing.state == State.WELL and rules.is_doubtful(hard=standing.hard, soft=standing.soft):
        _doubt(standing, mail)
    standing.save()
    return True


def give_up(standing: Standing, mail: OutgoingMail, why: str) -> None:
    """The probe came back as well."""
    if standing.state != State.DOUBTFUL:
        return
    _set(standing, State.DEAD, why)
    _tell("address.dead", standing, mail)


def unwanted(standing: Standing, mail: OutgoingMail | None) -> None:
    """The person or their provider complained: nothing more goes unasked."""
    if standing.state == State.UNWANTED:
        return
    _set(standing, State.UNWANTED, "complaint")
    _tell("address.unwanted", standing, mail)


def make_well(standing: Standing, why: str) -> None:
    """It works, or is said to work: counted anew from nothing."""
    standing.hard = standing.soft = 0
    standing.counted_on = standing.probed_at = None
    _set(standing, State.WELL, why)


def _is_worse(standing: Standing, kind: str) -> bool:
    """Counted today already, but only as one for now, and this one is for good."""
    return kind == Kind.HARD and standing.why == Kind.SOFT


def _set(standing: Standing, state: str, why: str) -> None:
    standing.state, standing.why, standing.changed_at = state, why[:60], now()
    standing.save()


def _tell(kind: str, standing: Standing, mail: OutgoingMail | None) -> None:
    person = mail.person if mail else None
    record(
        kind,
        subject_type="standing",
        subject_id=standing.pk,
        detail={"person": person or 0},
        public=False,
    )


def _doubt(standing: Standing, mail: OutgoingMail) -> None:
    """Ask the address itself before it is given up."""
    moment = now()
    standing.state, standing.probed_at, standing.changed_at = State.DOUBTFUL, moment, moment
    with override(mail.language):
        paper = _probe(mail.language)
    back = tokens.address(What.REVIVE, person=mail.person or 0, item=standing.pk, days=90)
    try:
        queue_mail(
            to=mail.to_address,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=mail.language,
            purpose=rules.PROBE,
            key=f"probe:{standing.pk}:{moment:%Y%m%d}",
            headers={"Reply-To": back},
            about=About(person=mail.person, item=f"probe:{standing.pk}"),
        )
    except MailRefused:
        standing.why = "bad-address"


def _probe(language: str) -> Paper:
    came_back = _("Some of our mails to you came back to us. This one asks whether you get it.")
    pieces = (
        Piece("heading", _("Does our mail reach you?")),
        Piece("plain", came_back),
        Piece("plain", _("If you read this, all is well. You need not do anything.")),
        Piece("small", _("If this mail comes back too, we stop writing until you tell us.")),
    )
    return Paper(_("Does our mail reach you?"), pieces, language)

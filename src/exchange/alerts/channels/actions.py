"""Ways other than mail: adding a browser or a number, confirming it, sending to it, taking it away.
Called by the pages of this matter and by the actions that write alerts."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.alerts.channels import gateways, push
from exchange.alerts.models import Device, Number
from exchange.core.time import now
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member

MOST_DEVICES = 5
WRONG_AT_MOST = 3
CODES_A_DAY = 3
CODE_MINUTES = 15
PURPOSE = "notice"


class NotPossible(ValueError):
    """Keys no browser makes, a gateway nobody set up, or one code too many for today."""


class WrongCode(ValueError):
    """Not the code that was sent, or too late; after three a new one is needed."""


def add_device(*, member: Member, endpoint: str, key: str, secret: str) -> Device:
    """Let a browser be told. The same browser twice is one; the oldest beyond five go.
    Raises NotPossible."""
    if (
        len(endpoint) > 500
        or not endpoint.startswith("https://")
        or not push.is_browser_key(key, secret)
    ):
        raise NotPossible
    with transaction.atomic():
        device, _new = Device.objects.update_or_create(
            endpoint=endpoint, defaults={"member": member, "key": key, "secret": secret}
        )
        kept = Device.objects.filter(member=member).order_by("-at").values_list("pk", flat=True)
        Device.objects.filter(pk__in=list(kept[MOST_DEVICES:])).delete()
    return device


def remove_device(*, member: Member, pk: int) -> None:
    """Tell this browser nothing more."""
    Device.objects.filter(member=member, pk=pk).delete()


def add_number(*, member: Member, gateway: str, address: str) -> Number:
    """Remember a number and send it a code. Raises NotPossible."""
    if gateway not in gateways.every():
        raise NotPossible
    code = f"{secrets.randbelow(1_000_000):06d}"
    with transaction.atomic():
        if _codes_today(member, gateway) >= CODES_A_DAY:
            raise NotPossible
        Number.objects.filter(member=member, gateway=gateway).delete()
        number = Number.objects.create(
            member=member, gateway=gateway, address=address, code=_fingerprint(code)
        )
        _send(number, "code", _code_words(member, code), key=f"number:{number.pk}:code")
    return number


def confirm_number(*, member: Member, gateway: str, code: str) -> Number:
    """The code arrived. Raises WrongCode."""
    with transaction.atomic():
        number = (
            Number.objects.select_for_update()
            .filter(member=member, gateway=gateway, confirmed_at=None)
            .first()
        )
        late = number is not None and now() - number.asked_at > timedelta(minutes=CODE_MINUTES)
        if number is None or late or number.wrong >= WRONG_AT_MOST:
            raise WrongCode
        if not constant_time_compare(number.code, _fingerprint("".join(code.split()))):
            number.wrong += 1
            number.save(update_fields=["wrong"])
            wrong = True
        else:
            number.confirmed_at, number.code = now(), ""
            number.save(update_fields=["confirmed_at", "code"])
            wrong = False
    if wrong:
        raise WrongCode
    return number


def remove_number(*, member: Member, gateway: str) -> None:
    """Write nothing more there."""
    Number.objects.filter(member=member, gateway=gateway).delete()


def stop_number(*, token: str) -> bool:
    """Whoever has the message may stop this one number; whether there was one."""
    return bool(Number.objects.filter(token=token).delete()[0])


def tell_beside(*, member: Member, item: str, key: str) -> None:
    """Beside a mail that was just written: one neutral notice to each browser and each confirmed
    number, none of which says what it is about. `key` is the mail's own."""
    for device in Device.objects.filter(member=member):
        queue_mail(
            to=str(device.pk),
            subject=settings.SITE_NAME,
            text=settings.SITE_NAME,
            language=member.first_language,
            purpose=PURPOSE,
            key=f"{key}:push:{device.pk}"[:120],
            about=_about(member, f"sign:{item}"[:60], push.CHANNEL),
        )
    for number in Number.objects.filter(member=member).exclude(confirmed_at=None):
        with override(member.first_language):
            stop = f"{settings.BASE_URL}{reverse('alerts:number-stop', args=[number.token])}"
            words = _("There is something new for you in the Exchange: %(address)s") % {
                "address": settings.BASE_URL
            }
            words += "\n" + _("To stop: %(address)s") % {"address": stop}
        _send(number, f"sign:{item}"[:60], words, key=f"{key}:{number.gateway}")


def why_not(mail: OutgoingMail) -> str:
    """The last look before a notice goes: whether the browser or number is still theirs."""
    person = mail.person or 0
    if not Member.objects.active().filter(pk=person).exists():
        return "member-gone"
    if mail.channel == push.CHANNEL:
        there = Device.objects.filter(member_id=person, pk=int(mail.to_address or 0)).exists()
    else:
        there = _number_stands(person, mail)
    return "" if there else "taken-away"


def _number_stands(person: int, mail: OutgoingMail) -> bool:
    numbers = Number.objects.filter(member_id=person, gateway=mail.channel, address=mail.to_address)
    # A code goes to a number that is not confirmed yet.
    return (numbers if mail.item == "code" else numbers.exclude(confirmed_at=None)).exists()


def _send(number: Number, item: str, words: str, *, key: str) -> None:
    queue_mail(
        to=number.address,
        subject=settings.SITE_NAME,
        text=words,
        language=number.member.first_language,
        purpose=PURPOSE,
        key=key[:120],
        about=_about(number.member, item, number.gateway),
    )


def _about(member: Member, item: str, channel: str) -> About:
    # Old notices help nobody: the mail is there.
    return About(
        person=member.pk, item=item, channel=channel, send_before=now() + timedelta(days=1)
    )


def _code_words(member: Member, code: str) -> str:
    with override(member.first_language):
        return _("%(code)s is your code for the Exchange.") % {"code": code}


def _codes_today(member: Member, gateway: str) -> int:
    """How many codes went to this gateway for the member within a day."""
    recent = OutgoingMail.objects.filter(
        person=member.pk, item="code", channel=gateway, created_at__gt=now() - timedelta(days=1)
    )
    return recent.count()


def _fingerprint(code: str) -> str:
    return salted_hmac("exchange.alerts.number", code, algorithm="sha256").hexdigest()

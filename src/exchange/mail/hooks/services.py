"""What follows when a mail service calls: anymail's two signals, if a service was named.
Loaded by `mail.hooks`."""

from typing import Any

from django.conf import settings

from exchange.mail.services import actions


def mail_came(sender: object, event: Any, esp_name: str, **_: object) -> None:
    """A mail for us."""
    actions.hand_in(event)


def report_came(sender: object, event: Any, esp_name: str, **_: object) -> None:
    """What became of a mail of ours."""
    actions.told(event)


if settings.ANYMAIL_SERVICE:
    from anymail.signals import inbound, tracking

    inbound.connect(mail_came, dispatch_uid="mail.services.mail_came")
    tracking.connect(report_came, dispatch_uid="mail.services.report_came")

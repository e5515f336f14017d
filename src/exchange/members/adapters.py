"""How django-allauth meets the house: its mail goes through our queue, its words are plain.
Called by allauth alone."""

import time
from io import BytesIO
from typing import Any, ClassVar

import qrcode
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from qrcode.image.svg import SvgPathFillImage

from exchange.core import languages
from exchange.mail.actions import queue_mail
from exchange.members import queries


class MailAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts: mail by the ledger's worker, in the language of the person who reads it."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That code is not right. Please look again."),
        "too_many_login_attempts": _("That was wrong too often. Please wait five minutes."),
        "rate_limited": _("That was too often in a short time. Please wait a little."),
        "same_as_current": _("This is the address you have now."),
        "duplicate_email": _("This is the address you have now."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Plain text alone; subject and text from the same two templates allauth would use."""
        member = queries.by_address(email)
        spoken = member.first_language if member and member.languages else languages.current()
        with override(spoken):
            subject = render_to_string(f"{template_prefix}_subject.txt", context)
            text = render_to_string(f"{template_prefix}_message.txt", context)
        queue_mail(
            to=email,
            subject=" ".join(subject.split()),
            text=text.strip() + "\n",
            language=spoken,
            purpose="account",
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Never asked for: our own door writes to known and unknown addresses alike."""

    def get_login_stages(self) -> list[str]:
        stages: list[str] = super().get_login_stages()
        return [*stages, "exchange.members.stages.AgreementStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has a second factor shows it again before anything about the account changes,
        unless they showed it a moment ago, when they signed in."""
        records = get_authentication_records(self.request, self.request.user)
        shown = [record["at"] for record in records if record.get("method") == "mfa"]
        return not shown or time.time() - max(shown) > account_settings.REAUTHENTICATION_TIMEOUT

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and authenticator apps."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "That code is not right. Codes change every half minute: try the next."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, on white: a dark page must not swallow it."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1
        return _g("Passkey %(number)s") % {"number": number}

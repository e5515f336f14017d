"""What the environment says about a mail service; pure.
Read by `project.settings` and `mail.urls`."""

from collections.abc import Mapping

PREFIX = "EXCHANGE_ANYMAIL_"
SHORTEST = 20
# What django-anymail knows, and the key without which a service's own signature is not checked.
KNOWN = {
    "amazon_ses": "",
    "brevo": "",
    "mailersend": "MAILERSEND_SIGNING_SECRET",
    "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY",
    "mailjet": "",
    "mailtrap": "",
    "mandrill": "MANDRILL_WEBHOOK_KEY",
    "postal": "POSTAL_WEBHOOK_KEY",
    "postmark": "",
    "resend": "RESEND_SIGNING_SECRET",
    "sendgrid": "",
    "sparkpost": "",
    "unisender_go": "UNISENDER_GO_API_KEY",
}


def keys(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings of django-anymail: EXCHANGE_ANYMAIL_WEBHOOK_SECRET is its WEBHOOK_SECRET."""
    return {
        name.removeprefix(PREFIX): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and value
    }


def fault(service: str, found: Mapping[str, str]) -> str:
    """Why this cannot be used, in words; "" when it can. Open hooks would let anybody hand in mail
    in anybody's name."""
    if service not in KNOWN:
        return f"EXCHANGE_ANYMAIL={service} is no service I know; choose of {', '.join(KNOWN)}."
    secret = found.get("WEBHOOK_SECRET", "")
    if ":" not in secret or len(secret) < SHORTEST:
        return (
            f"{PREFIX}WEBHOOK_SECRET is missing or short: a user and a password, both random, as in "
            "user:password. Put them into the addresses that you give to the service."
        )
    needed = KNOWN[service]
    if needed and not found.get(needed):
        return f"{PREFIX}{needed} is missing: without it the signature of {service} is not checked."
    return ""

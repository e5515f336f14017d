"""The real settings with the ground floor's rooms and the proving room alone, so that a worker
starts in a third of a second. Named by the environment of the proofs' processes."""

from exchange.project.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "exchange.core.apps.CoreConfig",
    "exchange.ledger.apps.LedgerConfig",
    "exchange.mail.apps.MailConfig",
    "tests.ledger.proof",
]
ROOT_URLCONF = "exchange.mail.urls"
AUTH_USER_MODEL = "auth.User"
LEDGER_EXTRA_HOOKS = ["tests.ledger.proof.listeners"]
SILENCED_SYSTEM_CHECKS = ["core.W001"]
MIDDLEWARE: list[str] = []

"""Says before a deployment what is missing for the public: `./exchange check --deploy`.
Registered by `hooks.py`. An ordinary check only warns: the commands that put it right need one."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from exchange.core import readiness

HINT = "Until then visitors see that the Exchange is not open yet; hosts can sign in and finish."


def ready_for_the_public(
    app_configs: Sequence[AppConfig] | None = None, **_options: object
) -> list[checks.CheckMessage]:
    """An Error for each thing that is missing, in production."""
    return [
        checks.Error(fault, hint=HINT, id=f"safeguarding.E{number:03}")
        for number, fault in enumerate(_faults(), start=1)
    ]


def _faults() -> list[str]:
    if not settings.PRODUCTION:
        return []
    try:
        return readiness.missing()
    except DatabaseError:
        # There is no table yet, so only the settings can be judged. The door stays shut all the
        # same (middleware.py), and `doctor` says that `migrate` comes first.
        return []


def register() -> None:
    checks.register(ready_for_the_public, checks.Tags.security, deploy=True)

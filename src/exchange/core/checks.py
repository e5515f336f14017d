"""What must be true before the Exchange may serve anybody.
Run by Django's checks: before the worker starts, before migrations, and by `check`."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from exchange.core import gates


def a_gate_stands(
    app_configs: Sequence[AppConfig] | None = None, **options: object
) -> list[checks.CheckMessage]:
    """Without a gate every text waits for a host: bearable at home, a broken promise in public."""
    if gates.names():
        return []
    words = "No gate judges what people write, so everything waits for a host."
    hint = "Keep exchange.safeguarding in INSTALLED_APPS."
    if settings.PRODUCTION:
        return [checks.Error(words, hint=hint, id="core.E001")]
    return [checks.Warning(words, hint=hint, id="core.W001")]


checks.register(a_gate_stands, checks.Tags.security)

"""That nothing is served in production while a check fails: the web servers run no checks themselves.
Called by wsgi.py and writing_wsgi.py."""

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured


def refuse_when_unsafe() -> None:
    """A check that fails is, for one, that no gate stands. Raises ImproperlyConfigured."""
    failing = [found.msg for found in run_checks() if found.is_serious()]
    if failing:
        raise ImproperlyConfigured(" ".join(failing))

"""Settings for the tests of the writing room: those of all tests, and Wagtail.
Read by pytest alone, in a round of its own (see launch/testing.py)."""

from exchange.project import writing_settings as written
from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS as OF_THE_EXCHANGE

INSTALLED_APPS = [
    *OF_THE_EXCHANGE,
    *[app for app in written.INSTALLED_APPS if app not in OF_THE_EXCHANGE],
]
for _name in dir(written):
    if _name.isupper() and _name not in {"DATABASES", "INSTALLED_APPS"}:
        globals()[_name] = getattr(written, _name)

# Two hundred migrations would take longer than all the tests: conftest.py makes the tables at once.
MADE_AT_ONCE = (
    *(f"wagtail{name}" for name in ("core", "admin", "images", "users", "search")),
    "taggit",
    "writing",
)
MIGRATION_MODULES = dict.fromkeys(MADE_AT_ONCE, "tests.writing.no_migrations")
